"""The class of every cell of a drafted sheet."""

from collections import Counter

from sources.drafting.cells import classify_cells
from tests.sources.drafting.sheets import draft


def test_every_cell_has_a_class() -> None:
    form = draft(
        ["村情况表"],
        ["填报单位：甲镇", None, None, "2016年"],
        ["序号", "村名", "户数（户）", "比上年增减（户）"],
        [1, "东村", 3, 1],
        [2, "西村", 4, -1],
        [None, "合计", 7, 0],
        ["填表人：张三"],
    )
    cells = list(classify_cells(form))

    filled = sum(len(kinds) - kinds.count(" ") for kinds in form.sheet.kinds)
    assert len(cells) == filled
    assert Counter(cell.cell_class for cell in cells) == {
        "title": 1, "line": 2, "header": 4, "body": 4, "ignored": 2, "memo": 3, "total": 2, "footer": 1,
    }  # fmt: skip


def test_indicators_that_run_down_show_their_values_as_data() -> None:
    form = draft(
        ["村表"], ["指标名称", "单位", "代码", "数量"], ["户数", "户", "01", 3], ["人口", "人", "02", 9]
    )

    assert [cell.text for cell in classify_cells(form) if cell.cell_class == "body"] == ["3", "9"]


def test_free_words_of_records_are_not_shown() -> None:
    form = draft(
        ["台账"], ["村名", "主要情况", "户数（户）"], ["东村", "王某家有困难", 3], ["西村", "李某家已脱贫", 4]
    )
    shown = {cell.text for cell in classify_cells(form)}

    assert {"东村", "文字", "3"} <= shown
    assert not any("某家" in text for text in shown)
