"""Forms whose indicators run down."""

from tests.sources.drafting.sheets import draft, lay_out, shown, terms
from tests.sources.grid import Cell

HEADER: list[Cell] = ["指标名称", "计量单位", "代码", "数量"]
BODY: list[list[Cell]] = [
    ["一、人口", "—", None, None],
    ["户籍户数", "户", "01", 12],
    ["户籍人口", "人", "02", 30],
    ["　其中：女", "人", "03", 14],
    ["二、土地", "—", None, None],
    ["耕地面积", "亩", "04", 120.5],
    ["是否通公路", "是/否", "05", "是"],
]


def test_each_indicator_is_a_field_with_its_unit_and_code() -> None:
    form = draft(["村基本情况"], HEADER, ["甲", "乙", "丙", 1], *BODY, ["填表人：张三"])

    assert form.shape == "form"
    assert [(unit, type_) for _, unit, type_ in shown(form).values()] == [
        ("户", "count"), ("人", "count"), ("人", "count"), ("亩", "number"), (None, "yes_no"),
    ]  # fmt: skip
    assert terms(form)["columns"]["registered_households"] == ["01", "户籍户数"]
    layout = terms(form)["workbook"]
    assert [layout[f"{part}_column"] for part in ("unit", "code", "value")] == [
        ["计量单位"],
        ["代码"],
        ["数量"],
    ]


def test_a_village_on_a_line_is_the_place_and_the_key() -> None:
    form = draft(["村基本情况"], ["行政村名称：东村"], HEADER, *BODY)

    assert terms(form)["workbook"]["lines"] == {"village_code": ["行政村名称"]}
    assert terms(form)["fields"]["village_code"]["key"] is True


def test_several_columns_of_values_are_records_and_their_headings_a_field() -> None:
    form = draft(
        ["收入调查"],
        ["指标名称", "单位", "代码", "城镇", "农村"],
        ["总收入", "元", "1", 3, 2],
        ["支出", "元", "2", 1, 1],
    )

    assert terms(form)["workbook"]["value_column"] == ["城镇", "农村"]
    assert terms(form)["workbook"]["value_name"] == "value_kind"


def test_villages_across_are_the_place_and_their_sum_no_record() -> None:
    form = draft(
        ["村表"],
        ["指标", "单位", "代码", "合计", "东村", "西村"],
        ["户数", "户", "1", 5, 3, 2],
        ["人口", "人", "2", 9, 5, 4],
    )
    drafted = terms(form)

    assert drafted["workbook"]["value_column"] == ["东村", "西村"]
    assert drafted["workbook"]["value_name"] == "village_code"
    assert drafted["fields"]["village_code"] == {
        "title": "村",
        "type": "text",
        "place": "village",
        "key": True,
    }
    assert [content.texts["village_code"] for content in lay_out(form)] == [["东村"], ["西村"]]


def test_units_may_stand_behind_the_names_of_indicators() -> None:
    form = draft(["村表"], ["指标", "合计", "东镇", "西镇"], ["户数（户）", 5, 3, 2], ["人口（人）", 9, 5, 4])

    assert [(p.column.unit, p.type) for p in form.fields[1:]] == [("户", "count"), ("人", "count")]
    assert [content.problems for content in lay_out(form)] == [[], []]


def test_the_year_before_and_the_change_are_no_values() -> None:
    form = draft(
        ["收入调查"],
        ["指标名称", "单位", "代码", "本年", "上年", "增减%"],
        ["总收入", "元", "1", 3, 2, 50],
        ["支出", "元", "2", 1, 1, 0],
    )

    assert terms(form)["workbook"]["value_column"] == ["本年"]
    assert set(terms(form)["ignored_columns"]) == {"上年", "增减%"}


def test_names_that_stand_twice_are_told_apart_by_the_one_above() -> None:
    rows: list[list[Cell]] = [
        ["户籍人口", "人", None, 3],
        ["　女", "人", None, 1],
        ["常住人口", "人", None, 2],
        ["　女", "人", None, 1],
    ]
    headings = list(terms(draft(["表"], HEADER, *rows))["columns"].values())

    assert headings[1] == ["户籍人口/女"]
    assert headings[3] == ["常住人口/女"]


def test_a_draft_lays_its_sheet_out_again() -> None:
    form = draft(["村基本情况"], ["行政村名称：东村"], HEADER, ["甲", "乙", "丙", 1], *BODY)
    [content] = lay_out(form)

    assert content.problems == []
    assert content.texts["village_code"] == ["东村"]
    assert content.texts["registered_households"] == ["12"]
