"""Units of measure: printed in the sheet, or agreed in the contract where the sheet prints none."""

from decimal import Decimal

import pytest

from sources.county.contract import Contract
from tests.sources.grid import contract, drafts, rows, rules, sheet

TITLE = ["2022年农户表"]


def in_units(**units: str) -> Contract:
    return contract(columns={"place": ["地名"], "area_mu": ["面积"], "income_yuan": ["收入"]}, units=units)


def test_the_contract_states_the_unit_that_no_heading_prints() -> None:
    [draft] = drafts(sheet(TITLE, ["地名", "面积", "收入（元）"], ["高山", 2, 9]), in_units(area_mu="公顷"))

    assert rows(draft, "area_mu", "income_yuan") == [(Decimal(30), Decimal(9))]
    assert draft.sheets[0].agreed_units == {"area_mu": "公顷"}
    assert draft.sheets[0].scales == {"area_mu": "15", "income_yuan": "1"}


def test_without_it_the_delivery_is_refused() -> None:
    [draft] = drafts(sheet(TITLE, ["地名", "面积", "收入（元）"], ["高山", 2, 9]), in_units())
    assert rules(draft) == [("unit_unknown", "B2")]


def test_a_printed_unit_that_agrees_is_the_sheets() -> None:
    [draft] = drafts(
        sheet(TITLE, ["地名", "面积（亩）", "收入（元）"], ["高山", 2, 9]), in_units(area_mu="亩")
    )

    assert rows(draft, "area_mu") == [(Decimal(2),)]
    assert draft.sheets[0].agreed_units == {}


@pytest.mark.parametrize(
    ("line", "heading", "cell"), [("单位：元", "收入", "A2"), ("单位：万元", "收入（元）", "C3")]
)
def test_a_printed_unit_that_differs_from_the_contracts_is_refused(
    line: str, heading: str, cell: str
) -> None:
    form = contract(
        columns={"place": ["地名"], "area_mu": ["面积"], "income_yuan": ["收入"]},
        units={"income_yuan": "万元", "area_mu": "亩"},
        workbook={"unit_line": ["单位"]},
    )
    [draft] = drafts(sheet(TITLE, [line], ["地名", "面积", heading], ["高山", 2, 9]), form)

    assert rules(draft) == [("units_disagree", cell)]


def test_the_unit_counts_for_the_total_too() -> None:
    form = contract(
        columns={"place": ["地名"], "area_mu": ["面积"]},
        units={"area_mu": "公顷"},
        workbook={"total_rows": ["合计"]},
    )
    [draft] = drafts(sheet(TITLE, ["地名", "面积"], ["高山", 2], ["合计", 2]), form)

    assert [(total.cell, total.scale) for total in draft.printed] == [("B4", Decimal(15))]
