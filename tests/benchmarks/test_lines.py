"""A line of the benchmarks is held against its recorded value, and written as the table of docs/performance.md."""

import re
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import benchmarks.__main__ as bench
from benchmarks.against_peers import Differs, Results, hold_equal, read_results
from benchmarks.ledger import growth
from benchmarks.lines import (
    RECORDED,
    Line,
    RecordedLine,
    list_regressions,
    read_recorded,
    record,
    write_into_document,
    write_line,
    write_table,
)
from benchmarks.measuring import Cost, measure, measure_in_turn
from tests import ROOT

NIGHT = RecordedLine("unchanged night / imports", goal=1, value=8, commit="852d9c9")
SPACE = RecordedLine("its peak memory", unit="GB", value=2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Recorded lines of three kinds: with a value and a goal, with a unit, without either."""
    path = tmp_path / "recorded.toml"
    path.write_text(
        "# Why.\n\n[night]\ntitle = 'night'\ngoal = 1\nvalue = 8\ncommit = 'c0'\n\n"
        "[peak]\ntitle = 'peak'\nunit = 'GB'\nvalue = 2\n\n[new]\ntitle = 'new'\n"
    )
    return path


@pytest.mark.parametrize("value", [3.0, 8.0, 10.0])
def test_a_line_may_be_over_its_recorded_value_by_a_quarter(value: float) -> None:
    assert list_regressions([Line("night", value)], {"night": NIGHT}) == []


def test_a_line_over_its_recorded_value_by_more_is_named_with_both_values() -> None:
    assert list_regressions([Line("night", 10.1)], {"night": NIGHT}) == [
        "night: 10.1, recorded 8: over it by more than a quarter"
    ]


@pytest.mark.parametrize("recorded", [{}, {"night": RecordedLine("night")}])
def test_a_line_without_a_recorded_value_is_a_regression(recorded: dict[str, RecordedLine]) -> None:
    (problem,) = list_regressions([Line("night", 1)], recorded)
    assert problem.startswith("night: 1, and no value is recorded")


def test_the_table_has_recorded_value_commit_goal_and_whether_it_is_met() -> None:
    lines = {
        "night": NIGHT,
        "peak": SPACE,
        "new": RecordedLine("new", goal=2),
        "met": RecordedLine("met", goal=2, value=2),
    }
    assert write_table(lines).splitlines()[2:] == [
        "| `night` | unchanged night / imports | 8x | 852d9c9 | at most 1x | not met |",
        "| `peak` | its peak memory | 2 GB |  |  |  |",
        "| `new` | new |  |  | at most 2x |  |",
        "| `met` | met | 2x |  | at most 2x | met |",
    ]


def test_a_measured_line_is_shown_with_what_was_recorded_and_its_costs() -> None:
    assert write_line(Line("peak", 2.512), SPACE) == "peak: 2.51 GB, recorded 2 GB"
    assert write_line(Line("night", 7, "a 7 s, b 1 s"), None) == "night: 7x (a 7 s, b 1 s)"


def test_the_table_of_the_document_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"# Performance\n\n{write_table({'night': NIGHT})}\n## Why\n\nText.\n")
    write_into_document({"peak": SPACE}, document)
    assert document.read_text() == f"# Performance\n\n{write_table({'peak': SPACE})}\n## Why\n\nText.\n"


def test_recording_writes_value_and_commit_of_what_was_measured_and_nothing_else(path: Path) -> None:
    record([Line("night", 7.1264), Line("new", 119.7)], "c1", path)
    assert read_recorded(path) == {
        "night": RecordedLine("night", goal=1, value=7.13, commit="c1"),
        "peak": RecordedLine("peak", unit="GB", value=2),
        "new": RecordedLine("new", value=120, commit="c1"),
    }
    assert path.read_text().startswith("# Why.\n\n[night]\n")


def test_recording_twice_writes_the_same(path: Path) -> None:
    record([Line("night", 7)], "c1", path)
    once = path.read_text()
    record([Line("night", 7)], "c1", path)
    assert path.read_text() == once


def test_a_line_that_has_no_title_is_not_recorded(path: Path) -> None:
    with pytest.raises(KeyError, match="unheard_of"):
        record([Line("unheard_of", 1)], "c1", path)


@pytest.mark.parametrize(("value", "code"), [(8.0, 0), (11.0, 1)])
def test_the_command_fails_where_a_line_regressed(
    value: float, code: int, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "QUICK", {"night": lambda: iter([Line("night", value)])})
    monkeypatch.setattr(bench, "read_recorded", lambda: read_recorded(path))
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--quick"])
    assert bench.main() == code
    printed = capsys.readouterr()
    assert printed.out == f"night: {value:.3g}x, recorded 8x\n"
    assert ("over it by more than a quarter" in printed.err) == bool(code)


def test_cost_is_cpu_seconds_of_a_command_and_of_what_it_starts() -> None:
    burn = "import time\nwhile time.process_time() < 0.2: pass"
    waits = "import time; time.sleep(0.3)"
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    idle, busy = (measure([sys.executable, "-S", "-c", code]).cpu_seconds for code in (waits, starts))
    assert idle < 0.2 <= busy


def test_a_command_that_fails_is_an_error_with_what_it_wrote() -> None:
    with pytest.raises(Exception, match="returned non-zero exit status 3") as failed:
        measure([sys.executable, "-S", "-c", "import sys; print('why', file=sys.stderr); sys.exit(3)"])
    assert failed.value.stderr == "why\n"  # type: ignore[attr-defined]


def test_sides_run_in_turn_and_the_least_of_each_counts() -> None:
    order: list[str] = []
    costs = {"a": iter([3.0, 1.0, 2.0]), "b": iter([5.0, 6.0, 4.0])}

    def side(name: str) -> Cost:
        order.append(name)
        seconds = next(costs[name])
        return Cost(seconds, peak_gb=seconds)

    least = measure_in_turn({"a": lambda: side("a"), "b": lambda: side("b")})
    assert order == ["a", "b"] * 3
    assert least == {"a": Cost(1, peak_gb=3), "b": Cost(4, peak_gb=6)}


def test_growth_is_the_steepest_exponent_between_neighbouring_sizes() -> None:
    assert growth({100: 5.0, 1000: 50.0}) == pytest.approx(1)
    assert growth({10_000: 1000.0, 1000: 10.0, 100: 9.0}) == pytest.approx(2)


def test_results_are_equal_whatever_wrote_their_numbers_and_dates(tmp_path: Path) -> None:
    (tmp_path / "months.csv").write_text("township,month,amount\n高山镇,2022-01-01 00:00:00,12.50\n")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/months.csv").write_text("t,m,a\n高山镇,2022-01-01,12.5\n")
    hold_equal(read_results(tmp_path), read_results(tmp_path / "other"), "peer")


@pytest.mark.parametrize("theirs", ["t,m,a\n高山镇,2022-01-01,12.6\n", "t,m,a\n", ""])
def test_a_peer_that_computed_something_else_is_named(theirs: str, tmp_path: Path) -> None:
    ours: Results = {"months": {("高山镇", "2022-01-01", Decimal("12.5"))}}
    (tmp_path / "months.csv").write_text(theirs)
    with pytest.raises(Differs, match=r"polars, months: \d+ rows differ"):
        hold_equal(ours, read_results(tmp_path), "polars")


def test_nothing_is_not_equal_to_nothing(tmp_path: Path) -> None:
    with pytest.raises(Differs, match="no rows to compare"):
        hold_equal({"months": set()}, {"months": set()}, "polars")


def test_the_document_has_the_table_of_what_is_recorded_and_a_paragraph_for_each_line() -> None:
    document = (ROOT / "docs/performance.md").read_text("utf-8")
    recorded = read_recorded(RECORDED)
    assert f"\n{write_table(recorded)}\n" in document
    explained = re.findall(r"`([a-z_]+)`", document.split("## Where the time goes")[1])
    assert set(recorded) - set(explained) == set()
