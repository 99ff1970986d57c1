"""The words for broken rules, over all forms."""

import polars as pl
import pytest

from schemas.field import Column, columns
from sources.county.references import read_references
from sources.staging.messages import Wording, rule_messages
from tests.district import COUNTY, STAGED

REFERENCES = read_references(COUNTY)
ASKED = {pl.Int64: "整数", pl.Date: "日期，如 2022-06-30", pl.Boolean: "是或否"}


def kind(column: Column) -> str:
    return "数字" if isinstance(column.dtype, pl.Decimal) else ASKED.get(column.dtype, "规定的内容")  # type: ignore[call-overload]


@pytest.mark.parametrize("table", sorted(STAGED))
def test_an_unreadable_value_is_asked_for_in_its_own_kind(table: str) -> None:
    messages = rule_messages(STAGED[table], REFERENCES.columns_to_fill(table))

    unreadable = {
        c.name: kind(c) for c in REFERENCES.columns_to_fill(table) if f"{c.name}__parse" in messages
    }
    assert all(messages[f"{name}__parse"][1].endswith(f"请改为{asked}") for name, asked in unreadable.items())


def test_a_form_with_persons_quotes_nothing() -> None:
    table = list(columns(STAGED["loan_note"]))
    wording = Wording(STAGED["loan_note"], table, {"rate_pct": "执行利率"}, lambda _: ["甲"])

    assert wording.explain("rate_pct__parse", "张三") == "“执行利率”读不出规定的值；请改为数字"
    assert wording.show("rate_pct", "5") is None


def test_rows_with_one_key_are_told_in_the_headings_of_their_sheet() -> None:
    model = STAGED["grid_person"]
    table = REFERENCES.columns_to_fill("grid_person")
    wording = Wording(model, table, {"grid_code": "网格号"}, lambda _: [])

    assert wording.messages["key__duplicate"][1] == "有几行的“人员”“职责”“网格号”都相同；请只留一行"
