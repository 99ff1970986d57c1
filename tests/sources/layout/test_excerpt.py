"""What is shown around a traced cell: its heading and what the form reads of its row, and nothing that no form reads."""

from sources.county.contract import Contract
from sources.layout.excerpt import CellsAround, cells_around
from sources.layout.sheet import lay_out_sheet
from sources.reading.cells import Sheet, cell_position
from tests.sources.grid import contract, references, sheet

REGISTER = contract(
    columns={"place": ["地名"], "households": ["户数"], "area_mu": ["面积"]},
    ignored_columns={"联系人": "个人姓名，不入库", "联系电话": "个人电话，不入库"},
)


def around(shown: Sheet, form: Contract, *cells: str) -> CellsAround:
    contents, _ = lay_out_sheet(shown, references(form))
    return cells_around(shown, contents, [cell_position(cell) for cell in cells])


def test_a_cell_stands_under_its_heading_between_the_rows_before_and_after_it() -> None:
    shown = around(
        sheet(["农户表"], ["地名", "户数"], ["高山", 10], ["云冈", 20], ["口泉", 30], ["平旺", 40]),
        REGISTER,
        "B4",
    )

    assert shown.headings == ("地名", "户数")
    assert dict(zip(shown.rows, shown.texts, strict=True)) == {
        2: ("高山", "10"), 3: ("云冈", "20"), 4: ("口泉", "30"),
    }  # fmt: skip


def test_columns_that_no_form_reads_are_left_out() -> None:
    shown = around(
        sheet(["农户表"], ["地名", "联系人", "户数", "联系电话"], ["高山", "张三", 10, "13800138000"]),
        REGISTER,
        "C3",
    )

    assert (shown.columns, shown.headings, shown.texts) == ((0, 2), ("地名", "户数"), (("高山", "10"),))


def test_numbers_of_persons_in_what_is_read_are_masked() -> None:
    shown = around(sheet(["农户表"], ["地名", "户数"], ["高山13800138000", 10]), REGISTER, "B3")

    assert shown.texts == (("高山＊＊＊", "10"),)


def test_a_total_is_no_neighbour() -> None:
    with_total = contract(
        columns={"place": ["地名"], "households": ["户数"]},
        workbook={"total_rows": ["合计"], "footer": ["填表人"]},
    )
    shown = around(
        sheet(["农户表"], ["地名", "户数"], ["高山", 10], ["合计", 10], ["填表人：张三"]), with_total, "B3"
    )

    assert shown.rows == (2,)


def test_a_merged_cell_is_shown_in_each_row_that_it_covers() -> None:
    shown = around(
        sheet(["农户表"], ["地名", "户数"], ["高山", 10], [None, 20], merged="A3:A4"), REGISTER, "B4"
    )

    assert shown.texts[-1] == ("高山", "20")


def test_an_indicator_that_runs_down_stands_beside_its_name() -> None:
    form = contract(
        "row.form",
        workbook={
            "shape": "form", "unit_column": ["单位"], "code_column": ["代码"], "value_column": ["数量"],
            "lines": {"place": ["村名"]}, "footer": ["填表人"],
        },
        columns={"households": ["01", "户数"], "income_yuan": ["02", "收入"]},
    )  # fmt: skip
    shown = around(
        sheet(
            ["农户表"],
            ["村名：高山"],
            ["指标", "单位", "代码", "数量"],
            ["户数", "户", "01", 12],
            ["收入", "万元", "02", 3],
            ["填表人：张三"],
        ),
        form,
        "D5",
    )

    assert dict(zip(shown.rows, shown.texts, strict=True)) == {
        3: ("户数", "户", "01", "12"), 4: ("收入", "万元", "02", "3"),
    }  # fmt: skip


def test_a_cell_of_a_sheet_that_no_contract_lays_out_any_more_is_shown_alone() -> None:
    shown = cells_around(sheet(["地名", "户数"], ["高山", 10]), [], [cell_position("B2")])

    assert (shown.columns, shown.headings, shown.rows, shown.texts) == ((1,), ("",), (1,), (("10",),))


def test_a_row_that_was_not_accepted_does_not_stand_beside_others() -> None:
    shown = sheet(["农户表"], ["地名", "户数"], ["高山", 10], ["甄隐士", 20], ["口泉", 30])
    contents, _ = lay_out_sheet(shown, references(REGISTER))

    assert cells_around(shown, contents, [cell_position("B3")], left_out={3}).texts == (
        ("高山", "10"),
        ("口泉", "30"),
    )
