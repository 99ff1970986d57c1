"""The UI of one home: it serves the code location, and ends cleanly when interrupted."""

import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import dagster as dg
import pytest

from pipelines.assets.forms import form_key
from pipelines.state.instance import run_history
from pipelines.state.load_record import LoadRecord, read_records
from sample import COUNTY
from tests.pipelines.serving import ANSWERS_SECONDS, query_graphql, served

pytestmark = pytest.mark.load

REPOSITORY = 'repositoryLocationName: "xiangcang", repositoryName: "__repository__"'
LAUNCH = f"""mutation {{
    done: launchRun(executionParams: {{selector: {{{REPOSITORY}, jobName: "receive"}}, runConfigData: "{{}}"}})
    {{ __typename }}
}}"""
START_SENSOR = f"""mutation {{
    done: startSensor(sensorSelector: {{{REPOSITORY}, sensorName: "inbox"}}) {{ __typename }}
}}"""
START_SCHEDULE = f"""mutation {{
    done: startSchedule(scheduleSelector: {{{REPOSITORY}, scheduleName: "nightly"}}) {{ __typename }}
}}"""
NIGHTLY = f"""{{
    scheduleOrError(scheduleSelector: {{{REPOSITORY}, scheduleName: "nightly"}})
    {{ ... on Schedule {{ scheduleState {{ status }} }} }}
}}"""
LOOKS = f"""{{
    sensorOrError(sensorSelector: {{{REPOSITORY}, sensorName: "inbox"}})
    {{ ... on Sensor {{ sensorState {{ ticks(limit: 1) {{ status }} }} }} }}
}}"""
RUNS = "{ runsOrError { ... on Runs { results { status } } } }"
LOCATIONS = "{ workspaceOrError { ... on Workspace { locationEntries { name loadStatus } } } }"


def page(address: str, name: str) -> str:
    """A page as a browser gets it: from the port after the UI's."""
    host, _, port = address.rpartition(":")
    with urllib.request.urlopen(f"{host}:{int(port) + 1}/{quote(name)}", timeout=ANSWERS_SECONDS) as response:
        text: str = response.read().decode()
        return text


@dataclass(frozen=True)
class TwoUIs:
    """A home with two UIs at once: one to look at, with the daemon, and the operator's beside it, with its process."""

    home: Path
    plain: str
    operators: str
    operators_process: subprocess.Popen[str]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoUIs]:
    """Two UIs of a home with one page; the daemon is quick."""
    home = tmp_path_factory.mktemp("both")
    shutil.copytree(COUNTY, home / "county")
    (home / "pages").mkdir()
    (home / "pages" / "公报2022.html").write_text("一页", "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FRESHNESS_DAEMON_INTERVAL_SECONDS", "1")
        with served(home) as (plain, _), served(home, "--operator", "--no-daemon") as (operators, process):
            yield TwoUIs(home, plain, operators, process)


def test_it_serves_the_code_location_and_the_pages(both: TwoUIs) -> None:
    for address in (both.plain, both.operators):
        assert page(address, "公报2022.html") == "一页"
        assert query_graphql(address, LOCATIONS) == {
            "workspaceOrError": {"locationEntries": [{"name": "xiangcang", "loadStatus": "LOADED"}]}
        }
    assert (both.home / "dagster" / "dagster.yaml").exists()


@pytest.mark.parametrize("action", [LAUNCH, START_SENSOR, START_SCHEDULE])
def test_a_ui_refuses_every_action_unless_it_is_the_operators(both: TwoUIs, action: str) -> None:
    assert query_graphql(both.plain, action) == {"done": {"__typename": "UnauthorizedError"}}


def test_schedule_and_sensors_run_though_the_ui_cannot_start_them(both: TwoUIs) -> None:
    assert query_graphql(both.plain, NIGHTLY) == {"scheduleOrError": {"scheduleState": {"status": "RUNNING"}}}
    give_up_at = time.monotonic() + ANSWERS_SECONDS
    while not query_graphql(both.plain, LOOKS)["sensorOrError"]["sensorState"]["ticks"]:
        assert time.monotonic() < give_up_at, "the sensor of the inbox does not look"
        time.sleep(0.3)


def test_the_operators_ui_does_what_is_asked(both: TwoUIs) -> None:
    assert query_graphql(both.operators, START_SENSOR) == {"done": {"__typename": "Sensor"}}


def test_the_daemon_tells_whether_a_form_that_others_send_came_in_time(both: TwoUIs) -> None:
    with run_history(both.home) as instance:
        instance.report_runless_asset_event(dg.AssetMaterialization(form_key("living_environment")))

    give_up_at = time.monotonic() + ANSWERS_SECONDS
    while freshness(both.plain, "living_environment") != "HEALTHY":
        assert time.monotonic() < give_up_at, "freshness is not evaluated"
        time.sleep(0.3)
    assert freshness(both.plain, "rural_tourism") == "UNKNOWN"  # never came


def freshness(address: str, table: str) -> str:
    status = "freshnessStatusInfo { freshnessStatus }"
    graphql_query = f'{{ assetNodes(assetKeys: [{{path: ["form", "{table}"]}}]) {{ {status} }} }}'
    (node,) = query_graphql(address, graphql_query)["assetNodes"]
    return str(node["freshnessStatusInfo"]["freshnessStatus"])


@pytest.mark.long
def test_a_run_of_the_operators_ui_is_watched_from_the_other_and_leaves_its_record(
    both: TwoUIs,
) -> None:
    assert query_graphql(both.operators, LAUNCH) == {"done": {"__typename": "LaunchRunSuccess"}}
    record = awaited_record(both.home, both.plain)
    assert (record.job, record.state, record.error) == ("receive", "received", None)
    assert record.deliveries == {"accepted": 0, "rejected": 0, "duplicate": 0}


def awaited_record(home: Path, watching: str) -> LoadRecord:
    """The record of the run that was launched; the other UI looks on meanwhile, as analysts do."""
    give_up_at = time.monotonic() + ANSWERS_SECONDS
    while time.monotonic() < give_up_at:
        assert query_graphql(watching, RUNS)["runsOrError"]["results"]
        if record := next(read_records(home), None):
            return record
        time.sleep(0.3)
    raise AssertionError("the run leaves no record")


def test_it_ends_cleanly_when_interrupted(both: TwoUIs) -> None:
    """The last of these tests: the UI that it ends is the one they share."""
    both.operators_process.send_signal(signal.SIGINT)

    _, error_text = both.operators_process.communicate()
    assert both.operators_process.returncode == 0
    assert both.operators in error_text
