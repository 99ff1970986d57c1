"""Rules and totals that a sheet prints."""

import pytest

from sources.drafting.toml_text import write_toml
from tests.sources.drafting.sheets import draft, terms
from tests.sources.grid import Cell

HEADER: list[Cell] = ["村名", "住房（间）", "砖木（间）", "土木（间）"]
CODES: list[Cell] = ["代码", "12", "13", "14"]
ROWS: list[list[Cell]] = [["东村", 3, 1, 2], ["西村", 5, 1, 4]]


def test_a_printed_balance_becomes_a_rule_in_printed_codes() -> None:
    form = draft(["住房表"], HEADER, CODES, *ROWS, ["平衡关系：12=13+14"])

    assert terms(form)["rules"] == [{"rule": "12=13+14"}]


def test_a_balance_in_the_row_of_codes_is_one_too() -> None:
    form = draft(["住房表"], HEADER, ["甲", "1=2+3", "2", "3"], *ROWS)

    assert terms(form)["rules"] == [{"rule": "1=2+3"}]


def test_a_rule_that_the_sheet_itself_breaks_is_marked() -> None:
    form = draft(["住房表"], HEADER, CODES, ["东村", 3, 1, 2], ["西村", 9, 1, 4], ["平衡关系：12=13+14"])

    assert form.rules[0].broken == 1
    assert terms(form)["rules"] == [{"rule": "12=13+14", "severity": "flag"}]
    assert 'severity = "flag"  # 待核：这份表里有 1 行不合' in write_toml(form)


def test_codes_are_written_as_the_columns_have_them() -> None:
    form = draft(["住房表"], HEADER, ["代码", "01", "02", "03"], *ROWS, ["平衡关系：1=2+3"])

    assert terms(form)["rules"] == [{"rule": "01=02+03"}]


def test_a_balance_of_names_becomes_one_of_fields() -> None:
    form = draft(["住房表"], HEADER, *ROWS, ["审核关系：住房=砖木+土木"])

    assert terms(form)["rules"] == [{"rule": "houses=brick_and_timber+earth_and_timber"}]


@pytest.mark.parametrize("text", ["平衡关系：12=13+99", "平衡关系：12=13/14"])
def test_a_rule_that_cannot_be_taken_over_is_marked(text: str) -> None:
    form = draft(["住房表"], HEADER, CODES, *ROWS, [text])

    assert "rules" not in terms(form)
    assert form.rules[0].doubt is not None


def test_totals_that_add_up_are_held_to() -> None:
    assert draft(["住房表"], HEADER, *ROWS, ["合计", 8, 2, 6]).totals == "must_agree"


def test_totals_that_do_not_are_only_reported_and_marked() -> None:
    form = draft(["住房表"], HEADER, *ROWS, ["合计", 8, 2, 7])

    assert form.totals == "report"
    assert "1 栏" in form.doubts["totals"]


def test_a_grand_total_counts_beside_subtotals() -> None:
    form = draft(
        ["住房表"], HEADER, ROWS[0], ["小计", 3, 1, 2], ROWS[1], ["小计", 5, 1, 4], ["总计", 8, 2, 6]
    )

    assert form.totals == "must_agree"


def test_yields_are_not_totalled() -> None:
    form = draft(
        ["玉米表"],
        ["村名", "面积（亩）", "单产（公斤）"],
        ["东村", 3, 400],
        ["西村", 5, 300],
        ["合计", 8, 340],
    )

    assert (form.totals, form.not_totalled) == ("must_agree", ["yield_kg"])
