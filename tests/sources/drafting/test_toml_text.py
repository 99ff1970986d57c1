"""The TOML of a draft: valid, in the order of the columns, with every doubt on its line."""

import re
import tomllib

import pytest

from sources.drafting.toml_text import write_toml
from sources.reading.cells import Sheet, sheet_of
from tests.sources.drafting.sheets import contract, draft, drafts, lay_out, terms
from tests.sources.grid import Cell, sheet

GROUPS = {
    "户数人口": (
        "总户数（户）",
        "总人口（人）",
        "劳动力（人）",
        "外出务工（人）",
        "脱贫户（户）",
        "低保户（户）",
        "党员（名）",
    ),
    "耕地": ("合计（亩）", "水田（亩）", "旱地（亩）", "水浇地（亩）", "撂荒（亩）", "流转（亩）"),
    "林地": ("合计（亩）", "经济林（亩）", "退耕还林（亩）"),
    "粮食": ("播种面积（亩）", "总产量（吨）", "单产（公斤/亩）"),
    "玉米": ("播种面积（亩）", "总产量（吨）"),
    "马铃薯": ("播种面积（亩）", "总产量（吨）"),
    "蔬菜": ("面积（亩）", "产量（吨）"),
    "水果": ("面积（亩）", "产量（吨）"),
    "生猪": ("存栏（头）", "出栏（头）"),
    "牛": ("存栏（头）", "出栏（头）"),
    "羊": ("存栏（只）", "出栏（只）"),
    "家禽": ("存栏（只）", "出栏（只）"),
    "农机": ("拖拉机（台）", "总动力（千瓦）", "收割机（台）"),
    "住房": ("合计（间）", "砖混（间）", "砖木（间）", "土木（间）", "危房（户）"),
    "基础设施": ("硬化路（公里）", "自来水（户）", "卫生厕所（户）", "宽带（户）"),
    "收入": ("总收入（万元）", "种植业（万元）", "务工（万元）", "人均可支配收入（元）"),
    "村集体": ("资产（万元）", "负债（元）", "收入（元）"),
    "参保": ("养老保险（人）", "医疗保险（人）", "参保率（%）"),
}
"""57 columns of numbers under two header rows."""


def wide() -> Sheet:
    columns = [(group, leaf) for group, leaves in GROUPS.items() for leaf in leaves]
    assert len(columns) == 57
    cells = {
        (0, 0): ("t", "2016年度村级基本情况统计表"),
        (1, 0): ("t", "填报单位：甲镇"),
        (2, 0): ("t", "村名"),
    }
    merged, start = [(0, 0, 0, 57), (2, 0, 3, 0)], 1
    for group, leaves in GROUPS.items():
        cells[2, start] = ("t", group)
        merged.append((2, start, 2, start + len(leaves) - 1))
        start += len(leaves)
    for column, (_, leaf) in enumerate(columns, start=1):
        cells[3, column] = ("t", leaf)
        for row, place in enumerate(("东村", "西村"), start=4):
            cells[row, 0] = ("t", place)
            cells[row, column] = ("n", str(column + row))
        cells[6, column] = ("n", str(2 * column + 9))
    cells[6, 0] = ("t", "合计")
    return sheet_of("Sheet1", cells, merged=merged)


def test_a_wide_form_is_drafted_whole_and_lays_its_sheet_out() -> None:
    [form] = drafts(wide())
    [content] = lay_out(form)

    assert len(terms(form)["fields"]) == 58
    assert content.problems == []
    assert [len(content.rows), len(content.totals), len(content.columns)] == [2, 1, 58]


def test_columns_and_fields_stand_in_the_order_of_the_sheet() -> None:
    [form] = drafts(wide())

    assert list(terms(form)["columns"]) == list(terms(form)["fields"])
    assert list(terms(form)["fields"])[:3] == ["village_code", "total_households", "total_population_persons"]


def test_each_unit_and_type_of_a_wide_form_is_as_printed() -> None:
    [form] = drafts(wide())
    printed = [re.findall(r"（(.+)）", leaf)[0] for leaves in GROUPS.values() for leaf in leaves]
    fields = list(terms(form)["fields"].values())[1:]

    assert [field["unit"] for field in fields] == [{"万元": "元"}.get(unit, unit) for unit in printed]
    money = [field["type"] for field, unit in zip(fields, printed, strict=True) if unit in ("元", "万元")]
    assert set(money) == {"yuan"}
    assert 'unit = "元"  # 表上印“万元”，读入时换算' in write_toml(form)


def test_every_doubt_stands_on_a_line_of_the_toml() -> None:
    form = draft(["表"], ["村名", "麒麟秧（盏）", "比上年增减（户）"], ["东村", 1, 2], ["西村", 2, 3])
    text = write_toml(form)

    for field in form.fields:
        for why in field.doubts.values():
            assert re.search(rf"^[^#\n]+ = .*# 待核：.*{re.escape(why)}", text, re.MULTILINE)
    for why in form.doubts.values():
        assert f"待核：{why}" in text


@pytest.mark.parametrize(
    "heading", ['带"引号"（户）', "带\\反斜杠（户）", "带#号（户）", "带'撇号（户）", "带\n换行（户）"]
)
def test_headings_with_signs_of_toml_are_kept(heading: str) -> None:
    form = draft(["表"], ["村名", heading], ["东村", 1], ["西村", 2])

    assert tomllib.loads(write_toml(form))["columns"][form.fields[1].name] == form.fields[1].headings


def test_a_sheet_without_a_title_is_known_by_its_name() -> None:
    form = draft(["村名", "户数（户）"], ["东村", 1], ["西村", 2])

    assert terms(form)["workbook"]["sheet"] == ["Sheet1"]
    assert "title" in form.doubts


def test_comparisons_and_footers_are_said() -> None:
    form = draft(
        ["表"], ["乡镇", "户数（户）"], ["东镇", 1], ["西镇", 2], ["合计", 3], ["上年", 3], ["负责人：张三"]
    )
    layout = terms(form)["workbook"]

    assert (layout["total_rows"], layout["memo_rows"], layout["footer"][0]) == (["合计"], ["上年"], "负责人")


@pytest.mark.parametrize(
    ("title", "cadence"),
    [("2016年表", "year"), ("2016年一季度表", "quarter"), ("2016年5月表", "month"), ("水产月报表", "month")],
)
def test_the_title_says_how_often_the_form_comes(title: str, cadence: str) -> None:
    assert terms(draft([title], ["村名", "户数（户）"], ["东村", 1], ["西村", 2]))["cadence"] == cadence


def test_what_counts_from_january_is_cumulative() -> None:
    form = draft(["2016年1-10月销售表"], ["村名", "销售（元）"], ["东村", 1], ["西村", 2])

    assert (terms(form)["cadence"], terms(form)["cumulative"]) == ("month", True)


ODD: dict[str, list[list[Cell]]] = {
    "away from the corner": [[None], [None, "耕地表"], [None, "村名", "面积(公顷)"], [None, "东村", 3.5], [None, "西村", 2]],
    "no title": [["村名", "户数（户）"], ["东村", 1], ["西村", 2]],
    "no heading over places": [["销售表"], [None, "销售（元）", "增长%"], ["东村", 1, 2.5], ["西村", 2, 1.5]],
    "units after slashes": [["表"], ["村名", "户数/户", "面积/亩"], ["东村", 1, 2], ["西村", 2, 3]],
    "units and marks": [["表"], ["村名", "户数", "面积"], ["单位", "户", "亩"], ["甲", 1, 2], ["东村", 1, 2], ["西村", 2, 3]],
    "codes with formulas": [["表"], ["村名", "合计（人）", "男（人）", "女（人）"], ["甲", "1=2+3", "2", "3"], ["东村", 3, 1, 2]],
    "headings that are the same": [["表"], ["村名", "芹菜", "芹菜"], ["单位", "亩", "吨"], ["东村", 1, 2], ["西村", 2, 3]],
    "side by side": [["表"], ["村名", "户数（户）", "村名", "户数（户）"], ["东村", 1, "西村", 2], ["南村", 3, "北村", 4]],
    "names over rows": [["表"], ["村名", "户数（户）", "面积（亩）"], ["东片"], ["东村", 1, 2], ["西片"], ["西村", 2, 3]],
    "serial numbers and remarks": [["表"], ["序号", "村名", "户数（户）", "备注"], [1, "东村", 1, None], [2, "西村", 2, "无"]],
    "a township and its villages": [["表"], ["乡镇", "村名", "户数（户）"], ["东镇", "东村", 1], ["西镇", "西村", 2]],
    "a note under it": [["表"], ["村名", "户数（户）"], ["东村", 1], ["西村", 2], ["注：含空挂户"], ["填表人：张三"]],
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_sheet_is_laid_out_by_its_own_draft(name: str) -> None:
    [form] = drafts(sheet(*ODD[name]))
    contents = lay_out(form)

    assert [problem for content in contents for problem in content.problems] == []
    assert sum(len(content.rows) for content in contents) >= len(form.rows.records) > 0
    assert contract(form).field_of_header


def test_copies_of_a_form_are_drafted_once() -> None:
    rows: list[list[Cell]] = [["村情况表"], ["村名", "户数（户）"], ["东村", 1], ["西村", 2]]
    [form] = drafts(sheet(*rows, name="一月"), sheet(*rows, name="二月"))

    assert form.copies == 1


def test_sheets_that_explain_or_are_hidden_are_passed_over() -> None:
    rows: list[list[Cell]] = [["表"], ["村名", "户数（户）"], ["东村", 1], ["西村", 2]]

    assert drafts(sheet(*rows, name="填表说明"), sheet(*rows, hidden=True)) == []
