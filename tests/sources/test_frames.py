"""Where the cells of each field lie, block by block, as the warehouse keeps it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from sources.county.contract import Contract
from sources.home.receipts import FileFacts, Receipt
from sources.reading.cells import Sheet
from sources.source_tables import field_place_frame
from tests.sources.grid import contract, drafts, sheet

TITLE = ["2022年农户表"]
MONEY = {"place": ["地名"], "income_yuan": ["收入"]}


def placed(grid: Sheet, form: Contract) -> list[tuple[str, int, str, str, Decimal]]:
    """Sheet, block, field, where it lies and its scale, of the one delivery of a sheet."""
    [draft] = drafts(grid, form)
    assert draft.reasons == []
    now = datetime(2023, 1, 5, tzinfo=UTC)
    receipt = Receipt(
        delivery_id="d", arrival_id="a", revision=1, deliveries_in_file=1, contract=form.name, table="row",
        form_title="农户表", reporter_code="bureau", period="2022", county_code="140214", received_at=now,
        staged_at=now, outcome="accepted", synthetic=False, sheets=draft.sheets,
        file=FileFacts(name="", folder="", sha256="", size_bytes=0, format="xlsx"),
    )  # fmt: skip
    rows = field_place_frame([receipt]).sort("sheet_name", "sheet_block", "field").iter_rows(named=True)
    return [
        (r["sheet_name"], r["sheet_block"], r["field"], r["cell"] or r["column_letters"], r["unit_scale"])
        for r in rows
    ]


def test_a_field_of_rows_lies_in_a_column() -> None:
    grid = sheet(TITLE, ["单位：万元"], ["地名", "收入"], ["高山", 12])

    assert placed(grid, contract(workbook={"unit_line": ["单位"]}, columns=MONEY)) == [
        ("Sheet1", 1, "income_yuan", "B", 10000),
        ("Sheet1", 1, "place", "A", 1),
    ]


def test_two_blocks_side_by_side_have_columns_and_units_of_their_own() -> None:
    grid = sheet(
        ["2022年农户表", None, None, "2022年农户表", None],
        ["地名", "收入（万元）", None, "地名", "收入（元）"],
        ["高山", 12, None, "平旺", 7],
    )

    assert placed(grid, contract(columns=MONEY)) == [
        ("Sheet1", 1, "income_yuan", "B", 10000),
        ("Sheet1", 1, "place", "A", 1),
        ("Sheet1", 2, "income_yuan", "E", 1),
        ("Sheet1", 2, "place", "D", 1),
    ]


def test_a_block_without_a_stated_unit_does_not_take_that_of_another() -> None:
    plain, thousands = ["地名", "户数"], ["地名", "户数（千户）"]
    for left, right in ((plain, thousands), (thousands, plain)):
        grid = sheet(["2022年农户表", None, "2022年农户表", None], [*left, *right], ["高山", 12, "平旺", 7])
        scales = {
            block: scale for _, block, name, _, scale in placed(grid, contract()) if name == "households"
        }
        assert scales == ({1: 1, 2: 1000} if left is plain else {1: 1000, 2: 1})


def test_two_value_columns_of_a_form_have_cells_of_their_own() -> None:
    form = contract(
        "row.form",
        workbook={
            "shape": "form", "unit_column": ["单位"], "code_column": ["代码"],
            "value_column": ["高山", "平旺"], "value_name": "place",
        },
        columns={"households": ["01"], "income_yuan": ["02"]},
    )  # fmt: skip
    grid = sheet(
        TITLE,
        ["指标", "单位", "代码", "高山", "平旺"],
        ["户数", "户", "01", 12, 7],
        ["收入", "万元", "02", 3, 4],
    )

    assert placed(grid, form) == [
        ("Sheet1", 1, "households", "D3", 1),
        ("Sheet1", 1, "income_yuan", "D4", 10000),
        ("Sheet1", 1, "place", "D2", 1),
        ("Sheet1", 2, "households", "E3", 1),
        ("Sheet1", 2, "income_yuan", "E4", 10000),
        ("Sheet1", 2, "place", "E2", 1),
    ]


def test_rows_know_in_which_block_they_lie() -> None:
    grid = sheet(
        ["2022年农户表", None, "2022年农户表", None],
        ["地名", "户数", "地名", "户数"],
        ["高山", 12, "平旺", 7],
    )
    [draft] = drafts([replace(grid, name="南区"), replace(grid, name="北区")], contract())

    places = [part.where.row(0) for part in draft.parts()]
    assert places == [("南区", 1, 3, 0), ("南区", 2, 3, 1), ("北区", 1, 3, 2), ("北区", 2, 3, 3)]
