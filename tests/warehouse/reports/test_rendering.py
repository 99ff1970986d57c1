"""How exact values are worded in print."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from warehouse.reports.rendering import AtLeast, Exact, Over, Rendering, Rounded, Whole, render, usual

COUNT = Exact(kind="exact", unit="个")
NUMERAL = Exact(kind="exact", unit="家", numerals="chinese")
YI = Rounded(kind="rounded", unit="亿元", places=2)
WAN = Rounded(kind="rounded", unit="万元", places=1)
WHOLE_WAN = Rounded(kind="rounded", unit="万元", places=0)
PERCENT = Rounded(kind="rounded", unit="%", places=0)
VISITS = Over(kind="over", unit="人次", word="余", step=Decimal(1), counted_in="万")
REVENUE = Over(kind="over", unit="万元", word="多", step=Decimal(100))
HOUSEHOLDS = Over(kind="over", unit="户", word="余", step=Decimal(10))
PROBLEMS = Over(kind="over", unit="个", word="多", step=Decimal(100))
SHARE = AtLeast(kind="at_least", step=Decimal(5))
ALL = Whole(kind="whole")

RULES = [COUNT, YI, WAN, WHOLE_WAN, PERCENT, VISITS, REVENUE, HOUSEHOLDS, PROBLEMS, SHARE, ALL]
values = st.decimals(min_value=0, max_value=10**13, places=4)
shares = st.decimals(min_value=0, max_value=100, places=4)
BASE = {"亿": 10**8, "万": 10**4}


@pytest.mark.parametrize(
    ("value", "rule", "words"),
    [
        ("34.0000", COUNT, "34个"),
        ("5600", COUNT, "5600个"),
        ("2.5", COUNT, "2.5个"),
        ("3", NUMERAL, "三家"),
        ("2", NUMERAL, "两家"),
        ("11", NUMERAL, "11家"),
        ("1195000000", YI, "11.95亿元"),
        ("1190000000", YI, "11.90亿元"),
        ("6258000", WAN, "625.8万元"),
        ("73000000", WHOLE_WAN, "7300万元"),
        ("14.0012", PERCENT, "14%"),
        ("-0.2", PERCENT, "0%"),
        ("163842", VISITS, "16万余人次"),
        ("160000", VISITS, "16万人次"),
        ("8412350.55", REVENUE, "800多万元"),
        ("8000000.01", REVENUE, "800多万元"),
        ("94", HOUSEHOLDS, "90余户"),
        ("90", HOUSEHOLDS, "90户"),
        ("7", HOUSEHOLDS, "7户"),
        ("-12", HOUSEHOLDS, "-12户"),
        ("5634", PROBLEMS, "5600多个"),
        ("100", SHARE, "95%以上"),
        ("95", SHARE, "95%以上"),
        ("94.9999", SHARE, "90%以上"),
        ("3.2", SHARE, "3.2%"),
        ("100.0000", ALL, "全部"),
        ("97.8723", ALL, "97.87%"),
        ("99.9999", ALL, "99.99%"),
    ],
)
def test_a_value_is_said_as_printed(value: str, rule: Rendering, words: str) -> None:
    assert render(Decimal(value), rule) == words


@pytest.mark.parametrize(
    ("yuan", "words"),
    [("1194500000", "11.95亿元"), ("1194499999.9999", "11.94亿元"), ("1195499999.9999", "11.95亿元")],
)
def test_a_half_rounds_up_and_less_does_not(yuan: str, words: str) -> None:
    assert render(Decimal(yuan), YI) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("1194980000", "元", "11.95亿元"),
        ("-6258000", "元", "-625.8万元"),
        ("88.5", "元", "88.5元"),
        ("97.8723", "%", "97.87%"),
        ("14414", "名", "14,414名"),
    ],
)
def test_without_a_printed_rule_a_value_is_said_by_its_unit(value: str, unit: str, words: str) -> None:
    assert usual(Decimal(value), unit) == words


def bounds(words: str, rule: Rendering) -> tuple[Decimal, Decimal]:
    """Between which values a reader takes the exact one to lie, the ends included."""
    if words == "全部":
        return Decimal(100), Decimal(100)
    parts = re.fullmatch(r"([\d.]+)(万|亿)?(多|余)?(万|亿)?[^\d多余]*?(以上)?", words)
    assert parts is not None, words
    scale = BASE.get(parts[2] or "", 1) * BASE.get(parts[4] or "", 1)
    low = Decimal(parts[1]) * scale
    match rule:
        case Rounded():
            half = Decimal(5).scaleb(-rule.places - 1) * scale
            return low - half, low + half
        case Over() if parts[3]:
            return low, low + rule.step * scale
        case AtLeast() if parts[5]:
            return low, Decimal(100)
        case Whole():
            return low - Decimal("0.01"), low + Decimal("0.01")
    return low, low


@given(rule=st.sampled_from([r for r in RULES if r not in (SHARE, ALL)]), value=values)
def test_what_is_said_of_an_amount_brackets_it(rule: Rendering, value: Decimal) -> None:
    low, high = bounds(render(value, rule), rule)
    assert low <= value <= high


@given(rule=st.sampled_from([SHARE, ALL]), value=shares)
def test_what_is_said_of_a_share_brackets_it(rule: Rendering, value: Decimal) -> None:
    low, high = bounds(render(value, rule), rule)
    assert low <= value <= high


@given(rule=st.sampled_from([r for r in RULES if r not in (SHARE, ALL)]), first=values, second=values)
def test_more_is_never_said_as_less(rule: Rendering, first: Decimal, second: Decimal) -> None:
    less, more = sorted((first, second))
    assert bounds(render(less, rule), rule)[0] <= bounds(render(more, rule), rule)[0]


@given(rule=st.sampled_from([VISITS, REVENUE, HOUSEHOLDS, PROBLEMS]), steps=st.integers(1, 10**4))
def test_a_value_on_a_step_is_said_without_a_word(rule: Over, steps: int) -> None:
    scale = BASE.get(rule.counted_in, 1) * BASE.get(rule.unit[0], 1)
    words = render(steps * rule.step * scale, rule)
    assert rule.word not in words
    assert bounds(words, rule)[0] == steps * rule.step * scale


@pytest.mark.parametrize(
    "rule",
    [{"kind": "guessed"}, {"kind": "exact"}, {"kind": "whole", "unit": "%"}, {"kind": "at_least", "step": 0}],
)
def test_a_rule_that_says_too_much_or_too_little_is_refused(rule: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Rendering).validate_python(rule)
