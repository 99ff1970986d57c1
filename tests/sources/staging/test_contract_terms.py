"""What a contract lets a cell hold: codes stored as numbers, days in other formats, other words for no value."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.sources.staging.test_cell_values import WAN, parsed, reading


def test_a_code_that_is_stored_as_a_number_is_read_by_consent_alone() -> None:
    assert reading("note_number", "140214", "n") == "number_as_identifier"
    assert reading("note_number", "140214", "n", numeric_codes={"note_number": 0}) == "140214"


def test_zeros_that_a_numeric_code_has_lost_come_back() -> None:
    assert reading("note_number", "7012", "n", numeric_codes={"note_number": 9}) == "000007012"
    assert reading("note_number", "7012", "t", numeric_codes={"note_number": 9}) == "7012"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("9007199254740992", "n"), ("1.5", "n"), ("-7", "n"), ("1e+17", "n"), ("70", "s"), ("0.7", "p")],
)
def test_a_numeric_code_whose_digits_are_not_sure_is_refused(text: str, kind: str) -> None:
    assert reading("note_number", text, kind, numeric_codes={"note_number": 0}) == "number_as_identifier"


def test_the_largest_number_that_is_stored_exactly_is_a_code() -> None:
    digits = "9007199254740991"
    assert reading("note_number", digits, "n", numeric_codes={"note_number": 0}) == digits


def test_consent_to_one_code_is_none_to_another_column() -> None:
    assert reading("site_name", "70", "n", numeric_codes={"note_number": 0}) == "number_as_identifier"


@pytest.mark.parametrize(
    ("text", "kind", "written", "day"),
    [
        ("20220630", "n", "%Y%m%d", date(2022, 6, 30)),
        ("220630", "n", "%y%m%d", date(2022, 6, 30)),
        ("1062022", "n", "%d%m%Y", date(2022, 6, 1)),
        ("30/06/2022", "t", "%d/%m/%Y", date(2022, 6, 30)),
        ("2022-06-07", "d", "%Y-%d-%m", date(2022, 6, 7)),
        ("44742", "n", "excel", date(2022, 6, 30)),
        ("44742", "t", "excel", date(2022, 6, 30)),
        ("44742", None, "excel", date(2022, 6, 30)),
        ("2022年6月30日", "t", "excel", date(2022, 6, 30)),
    ],
    ids=["compact", "short", "lost zero", "slashes", "a day", "number", "text", "text file", "usual"],
)
def test_a_day_in_the_contracts_format(text: str, kind: str | None, written: str, day: date) -> None:
    assert reading("begun_date", text, kind, formats={"begun_date": written}) == day


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("2022630", "n", "%Y%m%d"),
        ("10622", "t", "%Y%m%d"),
        ("62022", "n", "%d%m%Y"),
        ("447421", "n", "excel"),
        ("2958466", "t", "excel"),
    ],
)
def test_a_number_that_may_be_another_day_is_refused(text: str, kind: str, written: str) -> None:
    assert reading("begun_date", text, kind, formats={"begun_date": written}) == "parse"


def test_a_day_number_in_a_text_is_none_without_consent() -> None:
    assert reading("begun_date", "44742", "t") == "parse"


FIELDS = [
    "site_name",
    "note_number",
    "purpose",
    "persons",
    "income_yuan",
    "is_green",
    "begun_date",
    "valid_to_date",
]


@pytest.mark.parametrize("kind", ["t", None], ids=["workbook", "text file"])
@pytest.mark.parametrize("text", ["null", "NULL", "Nan", "#n/a", " ｎｕｌｌ ", "暂 缺"])
@pytest.mark.parametrize("name", FIELDS)
def test_a_word_for_no_value_is_none_in_every_type(name: str, text: str, kind: str | None) -> None:
    words = ["null", "NaN", "#N/A", "暂缺"]
    values: dict[str, Any] = {"purpose": {"*": "其他"}}
    assert reading(name, text, kind, missing=words, values=values) is None


def test_other_texts_stay_and_so_does_an_error_of_excel() -> None:
    assert reading("site_name", "nullarbor", missing=["null"]) == "nullarbor"
    assert reading("persons", "nullable", missing=["null"]) == "parse"
    assert reading("persons", "#N/A", "e", missing=["#N/A"]) == "error_cell"


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("¥1,234.50", "1234.50"),
        ("￥1234.5", "1234.50"),
        ("-¥5", "-5"),
        ("¥-5", "-5"),
        ("¥ 12", "12"),
        ("¥12.5万元", "125000"),
        ("1,234.50元", "1234.50"),
    ],
)
def test_the_sign_of_the_yuan_stands_before_money(text: str, yuan: str) -> None:
    assert reading("income_yuan", text) == Decimal(yuan)


def test_yuan_under_wan_yuan_are_yuan_and_doubtful() -> None:
    row = parsed("income_yuan", "¥3,500", "t", WAN)
    assert row.values["income_yuan"].to_list() == [Decimal(3500)]
    assert row.doubtful.rows() == [(0, "income_yuan", "own_unit")]


@pytest.mark.parametrize("text", ["$12", "€12", "US$12", "12美元", "¥¥12", "-¥-5", "¥12亩", "12¥"])
def test_other_money_is_refused(text: str) -> None:
    assert reading("income_yuan", text) == "parse"


@pytest.mark.parametrize(("name", "text"), [("persons", "¥12"), ("persons", "¥12人"), ("area_mu", "¥12")])
def test_the_sign_of_the_yuan_stands_before_no_other_quantity(name: str, text: str) -> None:
    assert reading(name, text) == "parse"
