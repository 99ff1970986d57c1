"""Corrections of a home on their way: where the cell says what is expected it is read otherwise, else never."""

from collections.abc import Callable
from datetime import timedelta

import polars as pl
import pytest

from sources.county.corrections import CorrectionError
from sources.county.references import read_references
from sources.holding.states import Judgement, delivery_states
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.source_tables import correction_frame
from tests.district import COUNTY
from tests.journeys.clock import START
from tests.journeys.townships import village_book

Arrive = Callable[..., list[Receipt]]
WriteCorrection = Callable[..., None]

SLIP = village_book("口泉乡", ["杨家窑村", "上窝寨村"], households=1000)
"""Each village has ten times its households: a slip, as its persons show."""


@pytest.fixture
def write_correction(home: Home) -> WriteCorrection:
    """Writes the home's file of corrections anew: of the households of the first village by default."""

    def write(**fields: str) -> None:
        defaults = {
            "id": "口泉-01", "table": "village_profile", "reporter": "kouquan", "period": "2021", "sheet": "年报",
            "cell": "B4", "field": "registered_households", "expect": "1000", "value": "100", "who": "统计股",
            "why": "多打一个零，电话核实", "status": "in_force",
        }  # fmt: skip
        lines = [f'{name} = "{value}"' for name, value in (defaults | fields).items()]
        toml = "\n".join(["[[correction]]", "when = 2022-04-11", *lines, ""])
        (home.corrections / "年报.toml").write_text(toml, "utf-8")

    return write


def staged(home: Home, receipt: Receipt) -> list[tuple[int, str | None]]:
    """The households of each staged village, and which of its fields were corrected."""
    (part,) = receipt.staged_files
    return pl.read_parquet(home.root / part.path).select("registered_households", "corrected").rows()


def correction_state(home: Home, **holds: str) -> tuple[str, str | None]:
    """State of the only correction, and the text that its cell holds. holds: why all deliveries are held."""
    corrections = read_references(COUNTY).with_corrections(home.corrections).corrections
    states = delivery_states(
        read_receipts(home), [], lambda *_: Judgement(holds=holds), START + timedelta(days=1)
    )
    return correction_frame(corrections, states).select("state", "found_text").row(0)


def test_a_cell_that_says_what_is_expected_is_read_as_corrected(
    home: Home, arrive: Arrive, write_correction: WriteCorrection
) -> None:
    write_correction()

    (receipt,) = arrive(SLIP)

    assert staged(home, receipt) == [(100, "registered_households"), (1000, None)]
    assert [(c.id, c.cell, c.applied) for c in receipt.corrections] == [("口泉-01", "B4", True)]
    assert correction_state(home) == ("applied", "1000")
    assert (home.archive / receipt.file.sha256).read_bytes() == SLIP


def test_a_corrected_row_is_judged_by_its_corrected_value(
    arrive: Arrive, write_correction: WriteCorrection
) -> None:
    write_correction()

    (receipt,) = arrive(SLIP)

    assert (receipt.rows.accepted, receipt.rows.flagged) == (2, 1)


def test_the_sender_learns_the_cell_but_no_value(
    home: Home, arrive: Arrive, write_correction: WriteCorrection
) -> None:
    write_correction()
    arrive(SLIP)

    (words,) = (path.read_text("utf-8") for path in (home.outbox / "口泉乡").glob("*.html"))

    assert "<dt>更正</dt><dd>年报!B4 按数据管理员登记的更正读取</dd>" in words
    assert "“100”" not in words


@pytest.mark.parametrize(
    ("fields", "found_text"),
    [({"expect": "999"}, "1000"), ({"cell": "B9"}, None), ({"sheet": "别的"}, None), ({"cell": "C4"}, None)],
)
def test_a_cell_that_does_not_say_it_is_read_as_it_stands(
    fields: dict[str, str],
    found_text: str | None,
    home: Home,
    arrive: Arrive,
    write_correction: WriteCorrection,
) -> None:
    write_correction(**fields)

    (receipt,) = arrive(SLIP)

    assert staged(home, receipt) == [(1000, None), (1000, None)]
    assert correction_state(home) == ("guard_failed", found_text)


def test_an_archived_delivery_is_staged_anew_when_a_correction_is_entered_and_withdrawn(
    home: Home, arrive: Arrive, write_correction: WriteCorrection
) -> None:
    arrive(SLIP)

    write_correction()
    (corrected,) = arrive()
    write_correction(status="withdrawn")
    (withdrawn,) = arrive()

    assert (corrected.revision, staged(home, corrected)[0]) == (2, (100, "registered_households"))
    assert (withdrawn.revision, staged(home, withdrawn)[0]) == (3, (1000, None))
    assert correction_state(home) == ("withdrawn", None)


def test_only_the_deliveries_of_its_form_reporter_and_period_are_staged_anew(
    arrive: Arrive, write_correction: WriteCorrection
) -> None:
    arrive(SLIP), arrive(village_book("高山镇", ["高山村"]), folder="高山镇")

    write_correction()

    assert [r.reporter_code for r in arrive()] == ["kouquan"]
    assert arrive() == []


def test_who_and_why_may_be_reworded_without_restaging(
    arrive: Arrive, write_correction: WriteCorrection
) -> None:
    write_correction()
    arrive(SLIP)

    write_correction(why="多打一个零，乡统计员书面确认")

    assert arrive() == []


def test_a_rejected_delivery_is_let_in_by_the_correction_of_its_cell(
    home: Home, arrive: Arrive, write_correction: WriteCorrection
) -> None:
    (rejected,) = arrive(village_book("口泉乡", ["杨家窑村"], households="一百来户"))

    write_correction(expect="一百来户")
    (accepted,) = arrive()

    assert (rejected.outcome, accepted.outcome) == ("rejected", "accepted")
    assert staged(home, accepted) == [(100, "registered_households")]


def test_a_resubmission_with_the_same_cell_is_corrected_too(
    home: Home, arrive: Arrive, write_correction: WriteCorrection
) -> None:
    write_correction()
    arrive(SLIP)

    (again,) = arrive(village_book("口泉乡", ["杨家窑村"], households=1000, persons=270), "再报.xlsx")

    assert staged(home, again) == [(100, "registered_households")]
    assert correction_state(home) == ("applied", "1000")


def test_a_resubmission_with_another_cell_breaks_the_guard(
    home: Home, arrive: Arrive, write_correction: WriteCorrection
) -> None:
    write_correction()
    arrive(SLIP)

    (again,) = arrive(village_book("口泉乡", ["杨家窑村"], households=101), "再报.xlsx")

    assert staged(home, again) == [(101, None)]
    assert correction_state(home) == ("guard_failed", "101")


def test_a_file_that_says_what_it_may_not_stops_the_load(
    home: Home, arrive: Arrive, write_correction: WriteCorrection
) -> None:
    write_correction(field="households")

    with pytest.raises(
        CorrectionError, match=r"更正 年报.toml 有误：第 [0-9]+ 行 correction 第 1 条 field：口泉-01"
    ):
        arrive(SLIP)

    assert read_receipts(home) == []


def test_a_correction_waits_with_a_delivery_that_is_held(
    home: Home, arrive: Arrive, write_correction: WriteCorrection
) -> None:
    write_correction()
    arrive(SLIP)
    assert correction_state(home, frame="缺行") == ("waiting", None)


def test_a_correction_of_what_nobody_sent_says_so(home: Home, write_correction: WriteCorrection) -> None:
    write_correction()
    assert correction_state(home) == ("no_delivery", None)


@pytest.mark.parametrize(("total", "outcome"), [(1100, "accepted"), (2000, "accepted"), (1234, "rejected")])
def test_a_printed_total_may_add_up_what_was_meant_or_what_stands_there(
    total: int, outcome: str, arrive: Arrive, write_correction: WriteCorrection
) -> None:
    write_correction()
    (receipt,) = arrive(village_book("口泉乡", ["杨家窑村", "上窝寨村"], households=1000, total=total))
    assert receipt.outcome == outcome
