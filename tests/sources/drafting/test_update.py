"""A second file of a form against its contract."""

import tomllib

from sources.drafting.forms import DraftedForm
from sources.drafting.toml_text import write_toml
from sources.drafting.update import choose_form, differences, read_accepted
from tests.district import REFERENCES
from tests.sources.drafting.sheets import draft, drafts
from tests.sources.grid import Cell, sheet

HEADER: list[Cell] = ["村名", "户数（户）", "收入（万元）", "面积（亩）"]
ROWS: list[list[Cell]] = [["东村", 1, 2, 3], ["西村", 2, 3, 4]]
TEXT = write_toml(draft(["村情况表"], HEADER, *ROWS))


def against(form: DraftedForm, text: str = TEXT) -> list[str]:
    return list(differences(form, read_accepted(tomllib.loads(text), text, REFERENCES)))


def test_the_same_form_does_not_differ() -> None:
    assert against(draft(["2018年村情况表"], HEADER, *ROWS)) == []


def test_columns_may_change_places() -> None:
    assert against(draft(["村情况表"], [HEADER[0], *HEADER[:0:-1]], *ROWS)) == []


def test_a_new_heading_is_named_with_its_column() -> None:
    form = draft(["村情况表"], [*HEADER, "水田（亩）"], *([*row, 5] for row in ROWS))

    assert against(form) == ["新的表头：E 列“水田”，约定里没有"]


def test_a_heading_that_is_gone_is_named_with_its_field() -> None:
    assert against(draft(["村情况表"], HEADER[:3], *(row[:3] for row in ROWS))) == [
        "没有了的表头：“面积”（area_mu）"
    ]


def test_another_unit_is_named_with_both() -> None:
    form = draft(["村情况表"], [*HEADER[:3], "面积（公顷）"], *ROWS)

    assert against(form) == ["单位不同：“面积”（area_mu）约定为亩，这份印的是公顷"]


def test_money_in_another_size_than_was_printed_differs() -> None:
    form = draft(["村情况表"], ["村名", "户数（户）", "收入（元）", "面积（亩）"], *ROWS)

    assert against(form) == ["单位不同：“收入”（income_yuan）约定为万元，这份印的是元"]


def test_ignored_and_personal_columns_of_the_contract_do_not_differ() -> None:
    header: list[Cell] = ["序号", "户主姓名", *HEADER]
    rows: list[list[Cell]] = [[1, "张三", *ROWS[0]], [2, "李四", *ROWS[1]]]
    text = write_toml(draft(["村情况表"], header, *rows))

    assert against(draft(["村情况表"], header, *rows), text) == []
    assert against(draft(["村情况表"], header, *rows)) == ["新的表头：B 列“个人信息栏”，约定里没有"]


def test_a_form_whose_indicators_run_down_is_compared_by_codes() -> None:
    header: list[Cell] = ["指标名称", "单位", "代码", "数量"]
    rows: list[list[Cell]] = [["户数", "户", "01", 3], ["人口", "人", "02", 9]]
    text = write_toml(draft(["村表"], header, *rows))

    assert against(draft(["村表"], header, ["总户数", "户", "01", 3], rows[1]), text) == []
    assert against(draft(["村表"], header, *rows, ["耕地", "亩", "03", 9]), text) == [
        "新的表头：第 5 行“耕地”，约定里没有"
    ]


def test_the_table_of_the_contract_is_chosen_by_its_title() -> None:
    accepted = read_accepted(tomllib.loads(TEXT), TEXT, REFERENCES)
    forms = drafts(
        sheet(["农机表"], HEADER, *ROWS, name="甲"),
        sheet(["2018年村情况表"], HEADER[:2], ["东村", 1], name="乙"),
    )

    assert choose_form(forms, accepted) is forms[1]
    assert choose_form(drafts(sheet(["农机表"], ["乡镇", "拖拉机（台）"], ["东镇", 1])), accepted) is None


def test_a_stock_contract_is_held_against_the_units_of_its_table() -> None:
    text = 'table = "agri_output"\ntitle = ["农业生产情况表"]\n[columns]\nvillage_code = ["村名"]\nsown_area_mu = ["播种面积"]\n'
    form = draft(["农业生产情况表"], ["村名", "播种面积（吨）"], ["东村", 1], ["西村", 2])

    assert against(form, text) == ["单位不同：“播种面积”（sown_area_mu）约定为亩，这份印的是吨"]
