"""What every test may lean on: marks that need something of the machine, and homes of its own."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sample import COUNTY, write_sample
from sources.reading.worker import Reader
from tests import ROOT, small_district
from tests.examples import THIN
from tests.journeys.command import load, xiangcang
from tests.other_targets import TARGETS

settings.load_profile(THIN)  # or as --hypothesis-profile says


def unmet_marks() -> dict[str, str]:
    """Marks whose tests cannot run here, each with the reason. CI must have the programs, so there they are met."""
    unmet = {}
    if not os.environ.get("XIANGCANG_REAL"):
        unmet["real"] = "XIANGCANG_REAL names no folder of public files"
    for mark, program in {"browser": "chromium", "nginx": "nginx", "systemd": "systemd-analyze"}.items():
        if not os.environ.get("CI") and not shutil.which(program):
            unmet[mark] = f"{program} is not installed"
    return unmet


WHOLE = {
    "written_sample",
    "other_sample",
    "sample_home",
    "small_home",
    "build_at",
    "build_from",
    "built_once",
}
"""The fixtures that write or load a whole district, or build every table."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        room = item.path.relative_to(ROOT / "tests").parts[0]
        if room in ("journeys", "browser") or WHOLE & set(getattr(item, "fixturenames", ())):
            item.add_marker("load")
    unmet = unmet_marks()
    left_out = [item for item in items if any(item.get_closest_marker(mark) for mark in unmet)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for mark, reason in unmet_marks().items():
        terminalreporter.write_line(f"tests marked {mark} are left out: {reason}")


@pytest.fixture(scope="session", autouse=True)
def _apart_from_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes a home or a Dagster instance that was there before; no telemetry."""
    dagster_home = tmp_path_factory.mktemp("dagster")
    (dagster_home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DAGSTER_HOME", str(dagster_home))
        home = tmp_path_factory.mktemp("home")
        shutil.copytree(COUNTY, home / "county")
        environment.setenv("XIANGCANG_HOME", str(home))
        yield


@pytest.fixture(scope="session")
def real_folder() -> Path:
    """The folder of public files that tests marked `real` read."""
    return Path(os.environ["XIANGCANG_REAL"])


def once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to ask for it makes, for all workers."""
    shared = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, made = shared / name, shared / f"{name}.made"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(folder)
            made.touch()
    return folder


@pytest.fixture(scope="session")
def written_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default sample district as it is written, not loaded: read it, or copy it first."""

    def write(home: Path) -> None:
        xiangcang(home, "sample", str(home))

    return once(tmp_path_factory, "written_sample", write)


@pytest.fixture(scope="session")
def other_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district with other targets as it is written, not loaded: read it, or copy it first."""

    def write(home: Path) -> None:
        write_sample(home, seed=77, targets=TARGETS)

    return once(tmp_path_factory, "other_sample", write)


@pytest.fixture(scope="session")
def sample_home(
    written_sample: Path, tmp_path_factory: pytest.TempPathFactory, _apart_from_this_machine: None
) -> Path:
    """The default sample district, loaded once for all workers: read it, or copy it first.

    A copy must keep hard links (`cp -a`): the published file is one to the file of its version.
    """

    def make(home: Path) -> None:
        shutil.copytree(written_sample, home)
        load(home)

    return once(tmp_path_factory, "sample_home", make)


@pytest.fixture(scope="session")
def small_home(written_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small district, loaded once for all workers, for what does not depend on how much there is.

    Read it, or copy it first, as `sample_home`.
    """

    def make(home: Path) -> None:
        home.mkdir()
        small_district.fill(home, written_sample)
        load(home)

    return once(tmp_path_factory, "small_home", make)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """The process that reads files, one for the tests of a module."""
    with Reader() as started:
        yield started
