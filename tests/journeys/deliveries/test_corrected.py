"""Corrections of a home on their way: where the cell says what is expected it is read otherwise, else never."""

from collections.abc import Callable
from datetime import timedelta

import polars as pl
import pytest

from sources.county.corrections import CorrectionError
from sources.county.references import read_references
from sources.home.folders import Home
from sources.home.receipts import Receipt, in_force, read_receipts
from sources.source_tables import correction_frame
from tests.journeys.clock import START
from tests.journeys.townships import village_book

Arrive = Callable[..., list[Receipt]]
Steward = Callable[..., None]

SLIP = village_book("口泉乡", ["杨家窑村", "上窝寨村"], households=1000)
"""Each village has ten times its households: a slip, as its persons show."""


@pytest.fixture
def steward(home: Home) -> Steward:
    """Writes the home's file of corrections anew: the households of the first village, unless told otherwise."""

    def write(**said: str) -> None:
        known = {
            "id": "口泉-01", "table": "village_profile", "reporter": "kouquan", "period": "2021", "sheet": "年报",
            "cell": "B4", "field": "registered_households", "expect": "1000", "value": "100", "who": "统计股",
            "why": "多打一个零，电话核实", "status": "in_force",
        }  # fmt: skip
        lines = [f'{name} = "{value}"' for name, value in (known | said).items()]
        text = "\n".join(["[[correction]]", "when = 2022-04-11", *lines, ""])
        (home.corrections / "年报.toml").write_text(text, "utf-8")

    return write


def staged(home: Home, receipt: Receipt) -> list[tuple[int, str | None]]:
    """The households of each staged village, and which of its fields were corrected."""
    (part,) = receipt.staged_files
    return pl.read_parquet(home.root / part.path).select("registered_households", "corrected").rows()


def state(home: Home) -> tuple[str, str | None]:
    """What became of the one correction, and what its cell was found to say."""
    corrections = read_references().with_corrections(home.corrections).corrections
    counting = in_force(read_receipts(home), START + timedelta(days=1))
    return correction_frame(corrections, counting).select("state", "found_text").row(0)


def test_a_cell_that_says_what_is_expected_is_read_as_corrected(
    home: Home, arrive: Arrive, steward: Steward
) -> None:
    steward()

    (receipt,) = arrive(SLIP)

    assert staged(home, receipt) == [(100, "registered_households"), (1000, None)]
    assert [(c.id, c.cell, c.applied) for c in receipt.corrections] == [("口泉-01", "B4", True)]
    assert state(home) == ("applied", "1000")
    assert (home.archive / receipt.file.sha256).read_bytes() == SLIP


def test_a_corrected_row_is_judged_by_its_corrected_value(arrive: Arrive, steward: Steward) -> None:
    steward()

    (receipt,) = arrive(SLIP)

    assert (receipt.rows.accepted, receipt.rows.flagged) == (2, 1)


def test_the_sender_is_told_where_and_no_value(home: Home, arrive: Arrive, steward: Steward) -> None:
    steward()
    arrive(SLIP)

    (words,) = (path.read_text("utf-8") for path in (home.outbox / "口泉乡").glob("*.html"))

    assert "<dt>更正</dt><dd>年报!B4 按数据管理员登记的更正读取</dd>" in words
    assert "1000" not in words


@pytest.mark.parametrize(
    ("said", "found"),
    [({"expect": "999"}, "1000"), ({"cell": "B9"}, None), ({"sheet": "别的"}, None), ({"cell": "C4"}, None)],
)
def test_a_cell_that_does_not_say_it_is_read_as_it_stands(
    said: dict[str, str], found: str | None, home: Home, arrive: Arrive, steward: Steward
) -> None:
    steward(**said)

    (receipt,) = arrive(SLIP)

    assert staged(home, receipt) == [(1000, None), (1000, None)]
    assert state(home) == ("guard_failed", found)


def test_an_archived_delivery_is_staged_anew_when_a_correction_is_entered_and_withdrawn(
    home: Home, arrive: Arrive, steward: Steward
) -> None:
    arrive(SLIP)

    steward()
    (corrected,) = arrive()
    steward(status="withdrawn")
    (withdrawn,) = arrive()

    assert (corrected.revision, staged(home, corrected)[0]) == (2, (100, "registered_households"))
    assert (withdrawn.revision, staged(home, withdrawn)[0]) == (3, (1000, None))
    assert state(home) == ("withdrawn", None)


def test_only_the_deliveries_of_its_form_reporter_and_period_are_staged_anew(
    arrive: Arrive, steward: Steward
) -> None:
    arrive(SLIP), arrive(village_book("高山镇", ["高山村"]), folder="高山镇")

    steward()

    assert [r.reporter_code for r in arrive()] == ["kouquan"]
    assert arrive() == []


def test_who_and_why_may_be_said_better_without_staging_anew(arrive: Arrive, steward: Steward) -> None:
    steward()
    arrive(SLIP)

    steward(why="多打一个零，乡统计员书面确认")

    assert arrive() == []


def test_a_rejected_delivery_is_let_in_by_the_correction_of_its_cell(
    home: Home, arrive: Arrive, steward: Steward
) -> None:
    (rejected,) = arrive(village_book("口泉乡", ["杨家窑村"], households="一百来户"))

    steward(expect="一百来户")
    (accepted,) = arrive()

    assert (rejected.outcome, accepted.outcome) == ("rejected", "accepted")
    assert staged(home, accepted) == [(100, "registered_households")]


def test_a_resubmission_with_the_same_cell_is_corrected_too(
    home: Home, arrive: Arrive, steward: Steward
) -> None:
    steward()
    arrive(SLIP)

    (again,) = arrive(village_book("口泉乡", ["杨家窑村"], households=1000, persons=270), "再报.xlsx")

    assert staged(home, again) == [(100, "registered_households")]
    assert state(home) == ("applied", "1000")


def test_a_resubmission_with_another_cell_breaks_the_guard(
    home: Home, arrive: Arrive, steward: Steward
) -> None:
    steward()
    arrive(SLIP)

    (again,) = arrive(village_book("口泉乡", ["杨家窑村"], households=101), "再报.xlsx")

    assert staged(home, again) == [(101, None)]
    assert state(home) == ("guard_failed", "101")


def test_a_file_that_says_what_it_may_not_stops_the_load(
    home: Home, arrive: Arrive, steward: Steward
) -> None:
    steward(field="households")

    with pytest.raises(CorrectionError, match=r"更正 年报.toml 的 口泉-01 有误：field"):
        arrive(SLIP)

    assert read_receipts(home) == []


def test_a_correction_of_what_nobody_sent_says_so(home: Home, steward: Steward) -> None:
    steward()
    assert state(home) == ("no_delivery", None)


@pytest.mark.parametrize(("total", "outcome"), [(1100, "accepted"), (2000, "accepted"), (1234, "rejected")])
def test_a_printed_total_may_add_up_what_was_meant_or_what_stands_there(
    total: int, outcome: str, arrive: Arrive, steward: Steward
) -> None:
    steward()
    (receipt,) = arrive(village_book("口泉乡", ["杨家窑村", "上窝寨村"], households=1000, total=total))
    assert receipt.outcome == outcome
