"""One cell's text to a value: what is read, what is missing, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.values import Unread, is_missing, parse_day, parse_integer, parse_number, parse_yes_no

ONE = Decimal(1)


def number(text: str, scale: Decimal = ONE, unit: str = "元") -> Decimal:
    return parse_number(text, scale, unit, 16, 2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12.00"),
        ("1,234.5", "1234.50"),
        ("１，２３４．５", "1234.50"),
        (" 12 345 ", "12345.00"),
        ("-3.005", "-3.01"),
        ("+.5", "0.50"),
        ("1e3", "1000.00"),
        ("119.50000000000001", "119.50"),
        ("2.5万元", "25000.00"),
        ("7元", "7.00"),
    ],
)
def test_numbers_are_read(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["约12", "12左右", "1,23", "十二", "3人", "1.2.3", "#DIV/0!", "9" * 17, "2022-06-30"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unread):
        number(text)


def test_the_unit_of_the_column_scales_and_the_unit_in_the_cell_wins() -> None:
    assert number("1.25", Decimal(10000)) == Decimal("12500.00")
    assert number("1.25亿元", Decimal(10000)) == Decimal("125000000.00")


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_printed_number_comes_back(value: Decimal) -> None:
    assert number(f"{value:,}") == value


def test_a_count_is_whole() -> None:
    assert parse_integer("1,024户", ONE, "户") == 1024
    with pytest.raises(Unread):
        parse_integer("12.5", ONE, "户")


def test_a_telephone_number_is_no_count() -> None:
    assert parse_integer("9999999999", ONE, "户") == 9_999_999_999
    for phone in ("13900001111", "１３９００００１１１１"):
        with pytest.raises(Unread):
            parse_integer(phone, ONE, "户")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2022-06-03", "d"),
        ("2022-06-03T00:00:00", "d"),
        ("2022.6.3", "t"),
        ("2022年6月3日", "t"),
        ("２０２２/6/3", "t"),
        ("20220603", "t"),
        ("20220603", "n"),
        ("44715", "n"),
    ],
)
def test_days_are_read(text: str, kind: str) -> None:
    assert parse_day(text, kind) == date(2022, 6, 3)


@pytest.mark.parametrize(
    ("text", "kind"), [("2022.6", "t"), ("2022-02-30", "t"), ("44715", "t"), ("6月3日", "t")]
)
def test_what_is_no_day_is_refused(text: str, kind: str) -> None:
    with pytest.raises(Unread):
        parse_day(text, kind)


def test_a_day_may_be_written_as_the_contract_says() -> None:
    assert parse_day("930705", "t", "%y%m%d") == date(1993, 7, 5)
    assert parse_day("1993-07-05", "t", "%y%m%d") == date(1993, 7, 5)
    with pytest.raises(Unread):
        parse_day("931305", "t", "%y%m%d")


def test_yes_and_no() -> None:
    assert [parse_yes_no(text) for text in ["是", "√", "有", "1", "否", "×", "无", "0"]] == [True] * 4 + [
        False
    ] * 4
    with pytest.raises(Unread):
        parse_yes_no("部分")


def test_missing_is_written_in_many_ways() -> None:
    assert all(is_missing(text) for text in ["", "  ", "—", "－－", "−", "/", "／", "无", "不详", "　"])
    assert not any(is_missing(text) for text in ["0", "…", "待定"])
