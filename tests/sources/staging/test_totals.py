"""Printed totals: an equality at the printed precision."""

from decimal import Decimal

import polars as pl
import pytest

from schemas.field import columns
from sources.layout.draft import PrintedTotal
from sources.staging.parse import UNREAD, Parsed
from sources.staging.totals import Sums, reconcile
from tests.district import STAGED

FIELD = "sales_revenue_ytd_yuan"
TABLE = {column.name: column for column in columns(STAGED["agri_processing"])}


def verdicts(
    printed: str, values: list[str], scale: int = 1, rows: tuple[int, int] | None = None
) -> list[bool]:
    numbers = pl.DataFrame({FIELD: [Decimal(value) for value in values]}, schema={FIELD: pl.Decimal(18, 2)})
    sums = Sums(keep_rows=True)
    sums.add(Parsed(numbers, pl.DataFrame(schema=UNREAD), pl.DataFrame(schema=UNREAD)))
    printed_total = PrintedTotal("表", "G9", FIELD, "合计", printed, Decimal(scale), rows)
    return [total.agrees for total in reconcile([printed_total], sums, sums, TABLE)]


def test_a_total_over_no_rows_is_zero() -> None:
    printed = [PrintedTotal("表", "G9", FIELD, "合计", text, Decimal(1), (0, 0)) for text in ("0", "5")]
    nothing = Sums(keep_rows=True)

    assert [total.agrees for total in reconcile(printed, nothing, nothing, TABLE)] == [True, False]


@pytest.mark.parametrize(
    ("printed", "values", "scale", "agrees"),
    [
        ("300", ["100", "200"], 1, True),
        ("301", ["100", "200"], 1, False),
        ("0.03", ["150", "151"], 10000, True),
        ("0.030", ["150", "151"], 10000, True),
        ("0.0300", ["150", "151"], 10000, False),
        ("300.00000000000006", ["100", "200"], 1, True),
        ("300（不含）", ["100", "200"], 1, False),
    ],
)
def test_agreement(printed: str, values: list[str], scale: int, agrees: bool) -> None:
    assert verdicts(printed, values, scale) == [agrees]


@pytest.mark.parametrize(
    ("printed", "computed", "agrees"), [("100", 100, True), ("1000", 1000, True), ("5", 100, False)]
)
def test_a_total_agrees_with_the_rows_as_corrected_or_as_sent(
    printed: str, computed: int, agrees: bool
) -> None:
    corrected, as_sent = (Sums(keep_rows=False) for _ in range(2))
    for sums, value in ((corrected, 100), (as_sent, 1000)):
        numbers = pl.DataFrame({FIELD: [Decimal(value)]}, schema={FIELD: pl.Decimal(18, 2)})
        sums.add(Parsed(numbers, pl.DataFrame(schema=UNREAD), pl.DataFrame(schema=UNREAD)))

    (total,) = reconcile(
        [PrintedTotal("表", "G9", FIELD, "合计", printed, Decimal(1), None)], corrected, as_sent, TABLE
    )

    assert (total.computed, total.agrees) == (Decimal(computed), agrees)


def test_a_blank_total_is_no_control_total() -> None:
    assert verdicts("—", ["100"]) == []


def test_a_subtotal_adds_up_its_own_rows() -> None:
    assert verdicts("300", ["100", "200", "400"], rows=(0, 2)) == [True]
    assert verdicts("300", ["100", "200", "400"], rows=(1, 3)) == [False]
