"""Silence: no load has ended well for 26 hours. One alert, by daemon or command alike."""

from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.alerts.silence import Silence, alert_overdue, overdue_since
from pipelines.cli import main
from pipelines.sensors import overdue_sensor
from pipelines.state.load_record import LoadRecord, write_record
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from tests.pipelines.load_records import AT_NIGHT, clean, web_server, write_channels


def after(hours: float) -> datetime:
    return AT_NIGHT + timedelta(hours=hours)


def loaded(home: Path, *records: LoadRecord) -> Path:
    for record in records:
        write_record(home, record)
    return home


def failed(hours: float) -> LoadRecord:
    return clean(state="failed", error="x", published=False, ended_at=after(hours))


def received(hours: float) -> LoadRecord:
    return clean(state="received", published=False, ended_at=after(hours))


def test_a_home_where_no_load_ever_ran_is_not_silent(tmp_path: Path) -> None:
    assert overdue_since(tmp_path, after(1000), 26) is None


@pytest.mark.parametrize("state", ["published", "unchanged"])
def test_a_good_load_keeps_it_away_for_26_hours(tmp_path: Path, state: str) -> None:
    loaded(tmp_path, clean(state=state))

    assert overdue_since(tmp_path, after(26), 26) is None
    assert overdue_since(tmp_path, after(26.1), 26) == Silence(AT_NIGHT, AT_NIGHT)


def test_failing_and_receiving_do_not_end_it(tmp_path: Path) -> None:
    loaded(tmp_path, clean(), failed(20), received(25))

    assert overdue_since(tmp_path, after(27), 26) == Silence(AT_NIGHT, AT_NIGHT)


def test_where_none_was_ever_good_it_began_with_the_first(tmp_path: Path) -> None:
    loaded(tmp_path, failed(0), received(20))

    assert overdue_since(tmp_path, after(27), 26) == Silence(None, AT_NIGHT)


def count_alerts(home: Path, *hours: float) -> list[int]:
    """Look for an overdue load at each of these hours; count the messages that each look sends."""
    counts = []
    with web_server() as (url, got):
        write_channels(home, url)
        for hour in hours:
            before = len(got)
            alert_overdue(home, after(hour))
            counts.append(len(got) - before)
    return counts


def test_an_overdue_load_is_alerted_once_and_again_after_as_long(tmp_path: Path) -> None:
    loaded(tmp_path, clean())

    assert count_alerts(tmp_path, 1, 26, 27, 27.1, 50, 53, 54) == [0, 0, 1, 0, 0, 1, 0]


def test_the_next_silence_is_alerted_anew(tmp_path: Path) -> None:
    loaded(tmp_path, clean())
    assert count_alerts(tmp_path, 27, 28) == [1, 0]
    loaded(tmp_path, clean(ended_at=after(28)))
    assert count_alerts(tmp_path, 29, 53, 54.5) == [0, 0, 1]


def test_what_did_not_arrive_is_sent_again(tmp_path: Path) -> None:
    loaded(tmp_path, clean())
    with web_server(status=500) as (url, got):
        write_channels(tmp_path, url)
        alert_overdue(tmp_path, after(27))

    assert len(got) == 1
    assert count_alerts(tmp_path, 27.1, 27.2) == [1, 0]


def test_the_home_says_how_long_is_too_long(tmp_path: Path) -> None:
    loaded(tmp_path, clean())
    write_channels(tmp_path, "json://127.0.0.1:9", more="silent_hours = 50")

    assert alert_overdue(tmp_path, after(49)) is None
    assert alert_overdue(tmp_path, after(51)) is not None


def test_the_command_exits_1_in_silence_and_alerts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path))
    assert main(["overdue"]) == 0
    loaded(tmp_path, clean())
    with web_server() as (url, got):
        write_channels(tmp_path, url)
        assert [main(["overdue"]), main(["overdue"])] == [1, 1]

    assert len(got) == 1
    assert "2023-01-20 01:31" in capsys.readouterr().err


def test_the_command_is_0_after_a_good_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path))
    loaded(tmp_path, clean(ended_at=datetime.now(SHANGHAI)))

    assert main(["overdue"]) == 0


def test_the_sensor_alerts_and_launches_nothing(tmp_path: Path) -> None:
    loaded(tmp_path, clean())
    sensor = overdue_sensor(Home(tmp_path))
    with web_server() as (url, got):
        write_channels(tmp_path, url)
        ticks = [sensor.evaluate_tick(dg.build_sensor_context()) for _ in range(2)]

    assert len(got) == 1
    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING
    assert [tick.run_requests for tick in ticks] == [[], []]
    assert [tick.skip_message for tick in ticks] == ["自 2023-01-20 01:31 起没有成功的加载"] * 2
