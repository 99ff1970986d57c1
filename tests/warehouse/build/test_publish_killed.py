"""SIGKILL before any step of a publish that touches the disk: what is published stays whole."""

import json
import pickle
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from warehouse.build.build import Built
from warehouse.build.publish import current, publish, versions
from warehouse.database.store import Store

NIGHT = datetime(2023, 2, 1, 1, 40, tzinfo=ZoneInfo("Asia/Shanghai"))

STEPS = 28
"""More than a publish takes."""

PUBLISH_AND_DIE = """
import json, os, pickle, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from warehouse.build.publish import publish
from warehouse.database.store import Store

steps_left = 0

def deadly(step):
    def counted(*arguments, **options):
        global steps_left
        steps_left -= 1
        if steps_left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*arguments, **options)
    return counted

exits = []
for steps_left, home in enumerate(sys.argv[1:], 1):
    built = pickle.loads((Path(home) / "built.pickle").read_bytes())
    child = os.fork()  # nothing has started a thread yet
    if child == 0:
        for name in ("link", "rename", "replace", "unlink", "mkdir", "chmod", "fsync"):
            setattr(os, name, deadly(getattr(os, name)))
        publish(Store(Path(home)), built, fingerprint="second", now=datetime.now(timezone.utc))
        os._exit(0)
    exits.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(json.dumps(exits))
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, built_once: dict[str, Built]) -> tuple[Path, Built]:
    """A home where 甲 is published, and the build of 乙 that is about to be."""
    home = tmp_path_factory.mktemp("prepared")
    store = Store(home)
    store.prepare()
    shutil.copyfile(built_once["甲"].path, store.building)
    publish(store, replace(built_once["甲"], path=store.building), fingerprint="first", now=NIGHT)
    shutil.copyfile(built_once["乙"].path, store.building)
    return home, replace(built_once["乙"], path=store.building)


def names_in(file: Path) -> list[str]:
    with duckdb.connect(str(file), read_only=True) as connection:
        rows = connection.execute("select reporter_name from dim_reporter").fetchall()
        return [name for (name,) in rows]


@pytest.fixture(scope="module")
def killed(prepared: tuple[Path, Built], tmp_path_factory: pytest.TempPathFactory) -> dict[Path, int]:
    """Homes where the publish of 乙 was killed at its first, second, … step, with the exit of each."""
    folder = tmp_path_factory.mktemp("killed")
    homes = [folder / f"step{step}" for step in range(1, STEPS + 1)]
    for home in homes:
        subprocess.run(["cp", "-a", prepared[0], home], check=True)  # keeps what is one file by two names
        (home / "built.pickle").write_bytes(pickle.dumps(replace(prepared[1], path=Store(home).building)))
    child = [sys.executable, "-c", PUBLISH_AND_DIE, *map(str, homes)]
    done = subprocess.run(child, check=True, capture_output=True, text=True)
    return dict(zip(homes, json.loads(done.stdout), strict=True))


def test_every_step_was_met(killed: dict[Path, int]) -> None:
    exits = list(killed.values())
    finished = exits.count(0)
    assert exits == [-signal.SIGKILL] * (STEPS - finished) + [0] * finished
    assert 0 < finished < STEPS / 2


def test_what_is_published_is_one_version_or_the_other_and_whole(killed: dict[Path, int]) -> None:
    seen = [(names_in(Store(home).current), current(Store(home))) for home in killed]
    versions_seen = [(names, manifest and manifest.version) for names, manifest in seen]
    switched = versions_seen.index((["乙"], "v000002"))
    assert versions_seen == [(["甲"], "v000001")] * switched + [(["乙"], "v000002")] * (STEPS - switched)


def test_the_next_publish_ends_as_if_undisturbed(
    killed: dict[Path, int], prepared: tuple[Path, Built], tmp_path: Path
) -> None:
    for left_by_a_kill in [home for home, exit_code in killed.items() if exit_code]:
        store = Store(tmp_path / left_by_a_kill.name)
        subprocess.run(["cp", "-a", left_by_a_kill, tmp_path], check=True)
        store.building.unlink(missing_ok=True)
        shutil.copyfile(prepared[1].path, store.building)
        built = replace(prepared[1], path=store.building)
        manifest = publish(store, built, fingerprint="third", now=NIGHT)
        kept = sorted(manifest.version for manifest in versions(store))
        assert kept[-1] == manifest.version
        assert names_in(store.current) == ["乙"]
        assert sorted(path.stem for path in store.versions.iterdir()) == kept
        assert sorted(path.name for path in store.history.iterdir()) == kept
        assert sorted(path.name for path in store.current.parent.iterdir()) == [
            "last_build",
            "versions",
            "warehouse.duckdb",
        ]
