"""English names: of stock forms, from the list of terms, or marked as to be changed."""

import re

import pytest

from sources.drafting.names import propose_table_name, suffix_of
from tests.district import REFERENCES
from tests.sources.drafting.sheets import draft, part, terms
from tests.sources.grid import Cell

ROWS: list[list[Cell]] = [["东村", 12, 30.5], ["西村", 7, 21]]


def name(heading: str) -> tuple[str, bool]:
    """The name of a column, and whether it is sure."""
    field = draft(["表"], ["村名", heading, "面积（亩）"], *ROWS).fields[1]
    return field.name, "name" not in field.doubts


@pytest.mark.parametrize(
    ("heading", "proposed"),
    [
        ("户籍户数（户）", "registered_households"), ("玉米（亩）", "maize_mu"),
        ("发电量（万千瓦时）", "power_generated_10k_kwh"),
        ("亩产/公斤/亩", "yield_kg_per_mu"), ("总收入（万元）", "total_income_yuan"),
    ],
)  # fmt: skip
def test_names_carry_their_unit(heading: str, proposed: str) -> None:
    assert name(heading)[0] == proposed


def test_a_name_without_a_term_is_marked() -> None:
    assert name("麒麟瓜秧（亩）") == ("column_b_mu", False)


def test_a_stock_field_lends_its_name_only_to_what_it_measures() -> None:
    assert name("面积（公顷）")[0] == "area_hectares"


def test_like_takes_the_names_of_one_form_first() -> None:
    header: list[Cell] = ["村名", "户数（户）", "面积（亩）"]

    assert (
        part(draft(["表"], ["村名", "常住户数（户）", "面积（亩）"], *ROWS), "常住户数").name == "households"
    )
    assert part(draft(["表"], header, *ROWS, like="village_project"), "面积").name == "area_mu"
    assert part(draft(["表"], header, *ROWS, like="grid"), "户数").name == "households"


def test_general_headings_take_the_one_above_them() -> None:
    form = draft(
        ["表"], ["村名", "玉米", None], [None, "面积（亩）", "产量（吨）"], *ROWS, merged="A2:A3 B2:C2"
    )

    assert [p.name for p in form.fields[1:]] == ["maize_area_mu", "maize_output_tonnes"]


def test_every_name_stands_once_and_can_be_a_column() -> None:
    header: list[Cell] = ["村名", *["其中（亩）"] * 5]
    form = draft(["表"], header, ["代码", *map(str, range(1, 6))], ["东村", 1, 2, 3, 4, 5])
    names = [p.name for p in form.read_fields]

    assert len(set(names)) == 6
    assert all(re.fullmatch("[a-z][a-z0-9_]*", each) for each in names)


def test_a_form_is_not_called_as_a_stock_table() -> None:
    form = draft(["网格统计表"], ["网格名称", "户数（户）", "面积（亩）"], *ROWS)

    assert form.name not in REFERENCES.tables
    assert terms(form)["table"] == form.name


@pytest.mark.parametrize(
    ("title", "proposed"),
    [("某县2016年农村住房情况统计表", ("rural_houses", True)),
     ("2016年度茶叶产量年报表", ("tea_output", True)), ("麒麟表", ("", False))],
)  # fmt: skip
def test_the_table_is_named_by_its_title(title: str, proposed: tuple[str, bool]) -> None:
    assert propose_table_name(title) == proposed


@pytest.mark.parametrize(
    ("unit", "suffix"), [("亩", "mu"), ("万亩", "10k_mu"), ("公斤/亩", "kg_per_mu"), ("个", ""), (None, "")]
)
def test_units_end_names(unit: str | None, suffix: str) -> None:
    assert suffix_of(unit) == suffix
