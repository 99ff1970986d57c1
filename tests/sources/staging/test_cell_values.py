"""What stands in a cell and what it means: the value, nothing, or a refusal, by the kind of field."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.field import columns, field
from schemas.lineage import Staged
from sources.county.places import Places
from sources.layout.draft import Candidates
from sources.staging.parse import Parsed, parse
from tests.examples import examples
from tests.sources.grid import contract

WAN = Decimal(10000)


class StagedHolding(Staged):
    """A field of each kind."""

    note_number: str = field("编号", description="编号", key=True)
    site_name: str = field("名称", description="名称")
    purpose: str = field("用途", description="用途", isin=["种植", "其他"], nullable=True)
    persons: pl.Int64 = field("人数", description="人数", unit="人", nullable=True)
    income_yuan: Annotated[pl.Decimal, 18, 2] = field("收入", description="收入", unit="元", nullable=True)
    rate_pct: Annotated[pl.Decimal, 9, 4] = field("比率", description="比率", unit="%", nullable=True)
    milk_tonnes: Annotated[pl.Decimal, 18, 2] = field("产奶", description="产奶", unit="吨", nullable=True)
    area_mu: Annotated[pl.Decimal, 18, 2] = field("面积", description="面积", unit="亩", nullable=True)
    is_green: pl.Boolean = field("绿色", description="绿色", nullable=True)
    begun_date: pl.Date = field("开始", description="开始", nullable=True)
    valid_to_date: pl.Date = field("结束", description="结束", nullable=True)


TABLE = [column for column in columns(StagedHolding) if column.name in StagedHolding.__annotations__]
NOWHERE = Places(
    pl.DataFrame(schema=dict.fromkeys(("division_code", "name", "canonical_name", "level"), pl.String)),
    pl.DataFrame(schema=dict.fromkeys(("division_code", "alias", "status"), pl.String)),
)


def parsed(name: str, text: str, kind: str | None, scale: Decimal, **of_contract: Any) -> Parsed:
    form = contract(columns={name: [name]}, **of_contract)
    kinds = None if kind is None else {name: kind}
    units = {name: scale} if scale != 1 else {}
    frame = pl.DataFrame({name: [text]}, schema={name: pl.String})
    return parse(Candidates(frame, kinds, units, None, None, date(2022, 12, 31)), TABLE, form, NOWHERE)


def reading(
    name: str, text: str, kind: str | None = "t", scale: Decimal = Decimal(1), **of_contract: Any
) -> Any:
    """The value of a cell, None where there is none, or the rule that refuses it."""
    row = parsed(name, text, kind, scale, **of_contract)
    refused = row.unread["rule"].to_list()
    return refused[0] if refused else row.values[name][0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", "12345000"),
        ("1，234.5", "12345000"),
        ("１２３．５", "1235000"),
        ("12.5万元", "125000"),  # not scaled twice
        ("3500元", "3500"),
        ("1 234", "12340000"),
        ("1 234.5", "12345000"),
        ("\u200b12\u00ad.5\u202c", "125000"),
    ],
)
def test_money_under_wan_yuan(text: str, value: str) -> None:
    assert reading("income_yuan", text, scale=WAN) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "3.5万",
        "1.234,5",
        "(1,234)",
        "△12.5",
        "1 23",
        "12 345 6",
        "1,23",
        "12\n36",
        "12\t36",
        "12元5角",
        "- 5",
    ],
)
def test_money_that_could_be_another_amount_is_refused(text: str) -> None:
    assert reading("income_yuan", text, scale=WAN) == "parse"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [("100.", "t", 100), ("11.999999999999998", "n", 12), ("1 024", "t", 1024), ("1.5E+05", "t", 150000)],
)
def test_counts(text: str, kind: str, value: int) -> None:
    assert reading("persons", text, kind) == value


@pytest.mark.parametrize(
    "text",
    ["1 2", "12\n36", "4\r\n2", "12  345", "12,34", "约300", "300余", "1O5", "100。", "12.5", "36、39"],
)
def test_counts_that_could_be_another_are_refused(text: str) -> None:
    assert reading("persons", text) == "parse"


def test_shares_and_quantities_in_units_of_their_own() -> None:
    assert reading("rate_pct", "12.5%") == Decimal("12.5")
    assert reading("rate_pct", "12.5‰") == Decimal("1.25")
    assert reading("rate_pct", "3:2") == "parse"
    assert reading("milk_tonnes", "120公斤") == Decimal("0.12")
    assert reading("area_mu", "2公顷") == Decimal("30")


def test_a_percent_formatted_number_is_what_it_shows_and_no_other_quantity() -> None:
    assert reading("rate_pct", "0.125", "p") == Decimal("12.5")
    assert reading("rate_pct", "0.07200000000000001", "p") == Decimal("7.2")
    assert reading("persons", "3", "p") == "percent_display"


@pytest.mark.parametrize(
    ("text", "scale", "doubtful"),
    [("3500元", WAN, True), ("0.35万元", WAN, False), ("12", WAN, False), ("12万元", Decimal(1), True)],
)
def test_a_unit_of_its_own_that_differs_from_the_headings_is_flagged(
    text: str, scale: Decimal, doubtful: bool
) -> None:
    row = parsed("income_yuan", text, "t", scale)

    assert row.doubtful.rows() == ([(0, "income_yuan", "own_unit")] if doubtful else [])


@pytest.mark.parametrize(
    "name", ["persons", "income_yuan", "site_name", "note_number", "purpose", "begun_date"]
)
@pytest.mark.parametrize("text", ["—", "−", "－", "―", "-", "--", "---", "/", "无", "不详", " "])
def test_what_says_that_there_is_no_value(name: str, text: str) -> None:
    assert reading(name, text) is None
    assert reading(name, text, None) is None


@pytest.mark.parametrize("name", ["persons", "site_name", "purpose", "is_green", "begun_date", "note_number"])
@pytest.mark.parametrize("text", ["…", "……", "待定", "同上", "〃", " 同 上 "])
def test_a_reference_or_a_promise_is_no_answer(name: str, text: str) -> None:
    assert reading(name, text, values={"purpose": {"*": "其他"}}) == "no_answer"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是", True),
        ("□是 ☑否", False),
        ("☑是 □否", True),
        ("是☐ 否☒", False),
        ("是（√）否（ ）", True),
        ("✔\ufe0f", True),
    ],
)
def test_yes_and_no_by_word_mark_or_ticked_box(text: str, value: bool) -> None:
    assert reading("is_green", text) is value


@pytest.mark.parametrize("text", ["○", "□是 □否", "☑是 ☑否", "部分", "□是"])
def test_no_yes_or_no_is_guessed(text: str) -> None:
    assert reading("is_green", text) == "parse"


def test_a_circle_means_what_the_contract_says() -> None:
    assert reading("is_green", "○", values={"is_green": {"○": "否"}}) is False


@pytest.mark.parametrize(
    "text", ["2021/6/1 12:30", "2021-06-01T12:30:05", "20210601120000", "20210601", "2021 年 6 月 1 日 8:05"]
)
def test_the_day_of_a_time(text: str) -> None:
    assert reading("begun_date", text) == date(2021, 6, 1)


@pytest.mark.parametrize(
    "text", ["2021-6-1 3", "2021/6/112:30", "6/1/2021", "20210601990000", "2021-6", "2021-02-30"]
)
def test_what_could_be_another_day_is_refused(text: str) -> None:
    assert reading("begun_date", text) == "parse"


@pytest.mark.parametrize(
    "text", ["9999-12-31", "99991231", "2999/12/31", "1900-01-01", "0000-00-00", "99999999"]
)
def test_days_that_stand_for_none_are_missing_ends_and_refused_elsewhere(text: str) -> None:
    assert reading("valid_to_date", text) is None
    assert reading("begun_date", text) == "parse"


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("n", "number_as_identifier"),
        ("s", "number_as_identifier"),
        ("d", "date_as_identifier"),
        ("b", "boolean_as_identifier"),
        ("f", "formula_without_result"),
        ("e", "error_cell"),
    ],
)
@pytest.mark.parametrize("name", ["note_number", "site_name"])
def test_identifiers_and_names_are_texts(name: str, kind: str, rule: str) -> None:
    assert reading(name, "2022", kind) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2.02211E+11", "number_as_identifier"),
        ("2022110001.0", "number_as_identifier"),
        ("2022/3/5", "date_as_identifier"),
        ("TRUE", "boolean_as_identifier"),
        ("2O22001", "letter_o"),
        ("CNO2022", "letter_o"),
        ("ＪＤ2０o1", "letter_o"),
    ],
)
def test_identifiers_that_a_spreadsheet_spoilt_are_refused_in_text_files_too(text: str, rule: str) -> None:
    assert reading("note_number", text, None) == rule


@pytest.mark.parametrize(
    "text", ["jd2022001", "ＪＤ２０２２００１", " JD 2022 001", "JD\u200d2022001", "'JD2022001"]
)
def test_an_identifier_has_one_spelling(text: str) -> None:
    assert reading("note_number", text) == "JD2022001"
    assert reading("note_number", text, None) == "JD2022001"


def test_what_is_no_word_of_a_list_is_not_another_word() -> None:
    values = {"purpose": {"*": "其他"}}

    assert reading("purpose", "买房", values=values) == "其他"
    assert [reading("purpose", text, kind, values=values) for text, kind in [("TRUE", "b"), ("5", "n")]] == [
        "TRUE",
        "5",
    ]


@pytest.mark.parametrize(
    "name", ["persons", "income_yuan", "valid_to_date", "is_green", "purpose", "site_name"]
)
def test_a_formula_without_a_result_is_never_missing(name: str) -> None:
    assert reading(name, "=", "f") == "formula_without_result"


@pytest.mark.parametrize("name", ["persons", "income_yuan", "valid_to_date", "rate_pct"])
def test_a_number_that_is_shown_scaled_is_refused(name: str) -> None:
    assert reading(name, "45000", "s") == "scaled_display"


@examples(200)
@given(
    st.lists(st.integers(0, 99999), min_size=2, max_size=4),
    st.sampled_from(["\n", "\t", "\r\n", "  ", "、", ";", "/"]),
)
def test_numbers_in_one_cell_are_never_joined(numbers: list[int], between: str) -> None:
    assert reading("persons", between.join(map(str, numbers))) == "parse"


@examples(200)
@example([0, 100])
@given(st.lists(st.integers(0, 9999), min_size=2, max_size=3))
def test_blanks_only_group_thousands(numbers: list[int]) -> None:
    text = " ".join(map(str, numbers))
    groups = f"{int(text.replace(' ', '')):,}".replace(",", " ")

    assert reading("persons", text) == (int(text.replace(" ", "")) if text == groups else "parse")


@examples(200)
@given(
    st.dates(date(1950, 1, 1), date(2098, 12, 31)),
    st.sampled_from(" T.:-/"),
    st.text("0123456789:", max_size=5),
)
def test_what_follows_a_day_never_changes_it(day: date, sign: str, after: str) -> None:
    assert reading("begun_date", f"{day.year}-{day.month}-{day.day}{sign}{after}") in (day, "parse")
