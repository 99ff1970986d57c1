"""Loads, receiving, the sensor, rollbacks and readers at once."""

import random
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import dagster as dg

from pipelines.definitions import definitions
from pipelines.sensors import inbox_sensor
from pipelines.state.instance import run_history
from pipelines.state.lock import Locked, hold
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from tests.trust.forked import Process, fork
from tests.trust.homes import (
    Contents,
    Homes,
    as_user_of,
    contents_of,
    copy_home,
    load,
    lost,
    not_whole,
    recovers,
    run,
)
from tests.trust.lines import Line, Trial
from warehouse.build.publish import rollback
from warehouse.database.store import Store

ROUNDS = 20
READERS = 10
PUBLISHES = 50


def _round(seed: str, folder: Path, homes: Homes) -> list[str]:
    """Start two loads, receiving, looks of the sensor and a rollback within two seconds."""
    home, chance = homes.copy(folder / "home"), random.Random(seed)
    works: dict[str, Callable[[], object]] = {
        "load": partial(_command, home, ["load", "--json", "--settle", "0"], folder / "a"),
        "other load": partial(_command, home, ["load", "--json", "--settle", "0"], folder / "b"),
        "rollback": partial(_command, home, ["rollback", "v000001"], folder / "c"),
        "receive": partial(_receive, home),
        "sensor": partial(_look, home),
    }
    started: dict[str, Process] = {}
    for name in chance.sample(sorted(works), len(works)):
        time.sleep(chance.uniform(0, 0.5))
        started[name] = fork(works[name], folder / f"{name}.log")
    failures = []
    for name, process in started.items():
        code = process.wait()
        ended = process.answer()
        if code or ended not in (0, 3):
            failures.append(f"{name} ended with {code or ended}: {_end_of(folder, name)}")
    log = folder / "log"
    failures += not_whole(home, [homes.first, homes.second], log)
    # a rollback holds until something new comes: where it was last, it is taken back
    run(home, ["rollback", "v000002"], log)
    return failures + recovers(home, homes, log)


def _command(home: Path, arguments: list[str], log: Path) -> int:
    return run(home, arguments, log)[0]


def _end_of(folder: Path, name: str) -> str:
    logs = {"load": "a", "other load": "b", "rollback": "c"}
    return (folder / logs.get(name, f"{name}.log")).read_text("utf-8", "replace")[-400:]


def _receive(home: Path) -> int:
    """Receive as the run that the sensor launches; 3 where a load holds the home."""
    as_user_of(home)
    try:
        with run_history(home) as instance:
            job = definitions(home).resolve_job_def("receive")
            result = job.execute_in_process(
                run_config={"ops": {"intake": {"config": {"settle_seconds": 0}}}},
                instance=instance,
                raise_on_error=True,
            )
    except (Locked, dg.DagsterExecutionStepExecutionError) as error:
        if "正在" in f"{error} {error.__cause__}":
            return 3
        raise
    return 0 if result.success else 1


def _look(home: Path) -> int:
    """Look twice, as the sensor does."""
    as_user_of(home)
    sensor, cursor = inbox_sensor(Home(home)), None
    for _ in range(2):
        with run_history(home) as instance:
            context = dg.build_sensor_context(instance=instance, cursor=cursor)
            sensor(context)
            cursor = context.cursor
    return 0


def _read_on(published: Path, known: list[Contents], ends: Path) -> tuple[int, list[str]]:
    """Read the published file again and again until a file appears; give how often, and what was no known version."""
    reads, wrong = 0, []
    while not ends.exists():
        try:
            if contents_of(published) not in known:
                wrong.append("read what is no published version")
        except Exception as error:  # noqa: BLE001 - whatever it is, a reader met it
            wrong.append(f"{type(error).__name__}: {error}")
        reads += 1
    return reads, wrong


def _publish_often(home: Path, publishes: int, ends: Path) -> None:
    """Publish the first and the second version in turn."""
    as_user_of(home)
    for number in range(publishes):
        with hold(home, f"publish {number}", wait_seconds=60):
            rollback(Store(home), f"v{number % 2 + 1:06}", now=datetime.now(SHANGHAI))
        time.sleep(0.5)
    ends.touch()


def _read_through(publishes: int, readers: int, folder: Path, homes: Homes) -> list[str]:
    home, ends = folder / "home", folder / "ends"
    copy_home(homes.folder / "after", home)
    published = home / "warehouse" / "warehouse.duckdb"
    known = [homes.first, homes.second]
    reading = [
        fork(partial(_read_on, published, known, ends), folder / f"reader{number}.log")
        for number in range(readers)
    ]
    publishing = fork(partial(_publish_often, home, publishes, ends), folder / "publish.log")
    failures = (
        []
        if publishing.wait() == 0
        else [f"publishing failed: {(folder / 'publish.log').read_text()[-500:]}"]
    )
    ends.touch()
    for number, process in enumerate(reading):
        process.wait()
        reads, wrong = process.answer() or (1, ["the reader ended"])
        failures += [f"reader {number}: {one}" for one in wrong[:1]]
        if not reads:
            failures.append(f"reader {number} read nothing")
    log = folder / "log"
    loaded = load(home, log)
    return (
        failures
        + ([] if loaded.code == 0 else [f"the next load ended with {loaded.code}"])
        + not_whole(home, [homes.second], log)
        + lost(home, homes.batch)
    )


def _plan_rounds(seed: int, homes: Homes, short: bool) -> list[Trial]:
    return [
        Trial(f"round{number}", partial(_round, f"{seed} {number}"))
        for number in range(1 if short else ROUNDS)
    ]


def _plan_readers(seed: int, homes: Homes, short: bool) -> list[Trial]:
    publishes, readers = (4, 2) if short else (PUBLISHES, READERS)
    return [Trial("readers", partial(_read_through, publishes, readers), readers)]


AT_ONCE = Line("at_once", "two loads, receiving, the sensor and a rollback at once", _plan_rounds)
THROUGH = Line("readers", "readers through fifty publishes", _plan_readers)
