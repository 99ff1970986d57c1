"""Backups, restored elsewhere; and homes that an earlier release has made."""

import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

from tests import ROOT
from tests.trust.forked import fork
from tests.trust.homes import COUNTY, Homes, copy_home, load, lost, not_whole, run
from tests.trust.lines import Line, Trial
from tests.trust.stops.kills import at, kill

RELEASE = "d33e54b"
"""The commit whose home is loaded by this code; there is no release yet, so one that was in use."""


def _while_loading(folder: Path, homes: Homes) -> list[str]:
    """Back up while a load runs."""
    home = homes.copy(folder / "home")
    loading = fork(partial(load, home, folder / "loading"), folder / "fork")
    code, printed = run(home, ["backup", str(folder / "backup")], folder / "backup.log")
    loading.wait()
    wrong = [f"the backup ended with {code}: {printed}"] if code else []
    return wrong + _restored(folder, homes, [])


def _after_a_kill(folder: Path, homes: Homes) -> list[str]:
    """Back up what a load left that was killed amid its receipts."""
    home = homes.copy(folder / "home")
    load(home, folder / "killed", at(home, "os.rename receipts/.#.json.#.part", kill))
    run(home, ["backup", str(folder / "backup")], folder / "backup.log")
    return _restored(folder, homes, [])


def _quietly(folder: Path, homes: Homes) -> list[str]:
    """Back up a home in which nothing happens."""
    copy_home(homes.folder / "after", folder / "home")
    code, printed = run(folder / "home", ["backup", str(folder / "backup")], folder / "backup.log")
    wrong = [f"the backup ended with {code}: {printed}"] if code else []
    return wrong + _restored(folder, homes, [homes.second])


def _restored(folder: Path, homes: Homes, allowed: list[dict[str, tuple[int, str]]]) -> list[str]:
    """Restore a backup elsewhere and load it; then let arrive what the backup did not have yet."""
    home, log = folder / "elsewhere" / "home", folder / "log"
    home.parent.mkdir()
    run(home, ["restore", str(folder / "backup")], folder / "restore.log")
    loaded = load(home, log)
    wrong = (
        []
        if loaded.code == 0
        else [f"the load ended with {loaded.code}: {loaded.answer or loaded.log[-400:]}"]
    )
    wrong += not_whole(home, allowed, log)
    shutil.copytree(homes.folder / "batch", home / "inbox", dirs_exist_ok=True)
    loaded = load(home, log)
    code, printed = run(home, ["verify"], folder / "verify.log")
    wrong += [f"verify: {printed}"] if code else []
    return wrong + not_whole(home, [homes.second], log) + lost(home, homes.batch)


def _upgraded(folder: Path, homes: Homes) -> list[str]:
    """Load the first batch with the code of the release, the second with this."""
    code, home, log = folder / "release", folder / "home", folder / "log"
    code.mkdir()
    tar = subprocess.run(["git", "-C", ROOT, "archive", RELEASE], check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", code], input=tar.stdout, check=True)
    shutil.copytree(homes.folder / "before" / "keys", home / "keys")
    shutil.copytree(code / "sample" / "county", home / "county")
    for path in (homes.folder / "first").rglob("*.*"):
        arrived = home / "inbox" / path.relative_to(homes.folder / "first")
        arrived.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, arrived)
    for command in (["load", "--json", "--settle", "0"], ["settle", "2020", "--why", "已齐", "--by", "甲"]):
        subprocess.run(
            [sys.executable, "-m", "pipelines.cli", *command],
            cwd=code, env={"XIANGCANG_HOME": str(home), "PYTHONPATH": str(code), "PATH": "/usr/bin:/bin"},
            check=True, capture_output=True,
        )  # fmt: skip
    shutil.copytree(COUNTY, home / "county", dirs_exist_ok=True)
    shutil.copytree(homes.folder / "batch", home / "inbox", dirs_exist_ok=True)
    loaded = load(home, log)
    wrong = (
        []
        if loaded.code == 0
        else [f"the load ended with {loaded.code}: {loaded.answer or loaded.log[-400:]}"]
    )
    return wrong + not_whole(home, [homes.second], log) + lost(home, homes.batch)


def _plan_backups(seed: int, homes: Homes, short: bool) -> list[Trial]:
    trials = [
        Trial("while loading", _while_loading), Trial("after a kill", _after_a_kill), Trial("quietly", _quietly),
    ]  # fmt: skip
    return trials[2:] if short else trials


def _plan_upgrade(seed: int, homes: Homes, short: bool) -> list[Trial]:
    return [Trial(RELEASE, _upgraded)]


BACKUPS = Line(
    "backups", "a backup while a load runs, after a kill and at rest, restored elsewhere", _plan_backups
)
UPGRADE = Line("upgrade", "a home of the last release, loaded by this one", _plan_upgrade)
