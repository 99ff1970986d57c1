"""What columns become: places, keys, row numbers, changes, remarks."""

import pytest

from sources.drafting.forms import DraftedForm
from tests.sources.drafting.sheets import draft, part, terms
from tests.sources.grid import Cell


def keys(form: DraftedForm) -> list[str]:
    return [p.column.leaf for p in form.read_fields if p.key]


@pytest.mark.parametrize(
    ("heading", "values", "level"),
    [
        ("村名", ("东片", "西片"), "village"), ("村（社区）", ("东村", "西社区"), "village_level"),
        ("乡镇", ("东镇", "西乡"), "township"), ("镇（街）名称", ("东镇", "西街道"), "township_level"),
        ("指标名称", ("东镇", "西镇"), "township"), ("单位名称", ("东镇", "西街道"), "township_level"),
        ("项目", ("东村", "西村"), "village"), ("地区", ("东市", "西州"), None),
    ],
)  # fmt: skip
def test_the_place_is_looked_up_at_the_level_of_its_names(
    heading: str, values: tuple[str, str], level: str | None
) -> None:
    form = draft(["表"], [heading, "户数（户）"], [values[0], 1], [values[1], 2])

    assert (form.fields[0].role, form.fields[0].place) == ("place", level)
    assert ("type" in form.fields[0].doubts) is (level is None)


def test_a_township_beside_a_village_says_where_it_lies() -> None:
    drafted = terms(draft(["表"], ["乡镇", "村名", "户数（户）"], ["东镇", "东村", 1], ["西镇", "西村", 2]))

    assert drafted["places"] == {"township": ["乡镇"]}
    assert list(drafted["columns"]) == ["village_code", "households"]


def test_the_key_is_the_number_or_the_place_that_comes_first() -> None:
    rows: list[list[Cell]] = [["X0001", "东村", 1], ["X0002", "西村", 2]]
    turned: list[list[Cell]] = [[row[1], row[0], row[2]] for row in rows]

    assert keys(draft(["项目台账"], ["项目编号", "村名", "户数（户）"], *rows)) == ["项目编号"]
    assert keys(draft(["村情况表"], ["村名", "行政区划代码", "户数（户）"], *turned)) == ["村名"]


def test_a_place_that_comes_again_is_an_unsure_key() -> None:
    form = draft(["表"], ["村名", "作物", "面积（亩）"], ["东村", "玉米", 1], ["东村", "谷子", 2])

    assert "key" in part(form, "村名").doubts


def test_a_form_without_a_key_says_so() -> None:
    form = draft(["表"], ["月份", "降水（毫米）"], ["一月", 1], ["二月", 2])

    assert "主键" in form.doubts["form"]


@pytest.mark.parametrize("heading", ["序号", "编号", "行次"])
def test_numbers_of_rows_are_not_read(heading: str) -> None:
    drafted = terms(draft(["表"], [heading, "村名", "户数（户）"], [1, "东村", 10], [2, "西村", 20]))

    assert drafted["ignored_columns"] == {heading: "行序，不是数据"}


def test_numbers_beside_the_names_of_rows_are_not_read() -> None:
    drafted = terms(draft(["表"], ["指标名称", "编号", "户数（户）"], ["东镇", "04", 10], ["西镇", "05", 20]))

    assert drafted["ignored_columns"] == {"编号": "行号，不是数据"}


@pytest.mark.parametrize("heading", ["增减%", "增速（%）", "比上年增减（户）", "同比增长（%）"])
def test_changes_are_kept_as_numbers_and_marked(heading: str) -> None:
    form = draft(["表"], ["村名", "户数（户）", heading], ["东村", 10, -3], ["西村", 20, 150])

    assert form.fields[2].role == "change"
    assert form.fields[2].type in ("number", "count")
    assert "role" in form.fields[2].doubts


def test_the_year_before_is_data_and_marked() -> None:
    form = draft(
        ["表"], ["村名", "户数（户）", None], [None, "本年", "上年"], ["东村", 1, 2], merged="A2:A3 B2:C2"
    )

    assert [("role" in p.doubts) for p in form.fields] == [False, False, True]


def test_a_number_that_stock_forms_keep_hashed_is_not_read() -> None:
    form = draft(["表"], ["户编号", "村名", "人口（人）"], ["H0001", "东村", 1], ["H0002", "西村", 2])

    assert "散列" in terms(form)["ignored_columns"]["户编号"]
    assert "key" in part(form, "村名").doubts
