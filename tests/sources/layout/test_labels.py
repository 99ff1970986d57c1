"""Which texts label a row as a total, a comparison or a footer; and sheets whose total is not there."""

import pytest

from tests.sources.grid import Cell, contract, drafts, rows, rules, sheet
from tests.sources.layout.test_rows import HEADER, TITLE, classes


@pytest.mark.parametrize(
    ("last", "left_out_by", "refused"),
    [
        (["合计", 28], [], False),
        (["合计", None], [], False),
        (["南区小计", 28], [], True),
        ([None, None], [], True),
        ([None, None], ["bureau"], False),
        ([None, None], ["*"], False),
        ([None, None], ["another"], True),
    ],
)
def test_a_sheet_without_its_total_is_taken_for_cut_short(
    last: list[Cell], left_out_by: list[str], refused: bool
) -> None:
    layout = contract(workbook={"total_rows": ["合计", "小计"]}, totals_left_out_by=left_out_by)
    body: list[list[Cell]] = [["高山", 12], ["平旺", 7], ["口泉", 5], ["云冈", 4]]

    [draft] = drafts(sheet(TITLE, HEADER, *body, last), layout)

    assert rules(draft) == ([("total_missing", "")] if refused else [])


def test_a_few_rows_need_no_total() -> None:
    layout = contract(workbook={"total_rows": ["合计"]})

    [draft] = drafts(sheet(TITLE, HEADER, ["高山", 12], ["平旺", 7], ["口泉", 5]), layout)

    assert rules(draft) == []


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["合计", None, 19], "total"),
        (["上年同期", None, 19], "ignored"),
        ([1, "口泉", 19, "两村合计"], "body"),
        ([1, "口泉", 19, "上年同期"], "body"),
        ([1, None, 19, "上年同期"], "body"),
        (["注：按户籍", "不含外出", None], "footer"),
    ],
)
def test_labels_stand_in_label_columns_only(row: list[Cell], kind: str) -> None:
    layout = contract(
        workbook={"total_rows": ["合计"], "memo_rows": ["上年同期"], "footer": ["注"]},
        ignored_columns={"序号": "行序", "备注": "自由文字"},
        totals_left_out_by=["*"],
    )

    [draft] = drafts(sheet(TITLE, ["序号", "地名", "户数", "备注"], [1, "高山", 12], row), layout)

    assert kind in classes(draft)
    assert len(rows(draft)) == (2 if kind == "body" else 1)
