"""Balances as forms print them and tables declare them: what is read, what is refused, what holds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.balance import (
    Balance,
    BalanceTerm,
    Evaluation,
    Missing,
    NotABalance,
    evaluate,
    parse_balances,
)


@pytest.mark.parametrize(
    ("text", "balances"),
    [
        ("12=13+14", ["12=13+14"]),
        ("07、09≤05", ["07≤05", "09≤05"]),
        ("07,09，10≤05;12＝13＋14", ["07≤05", "09≤05", "10≤05", "12=13+14"]),
        ("05≥07、09、12=13", ["05≥07", "05≥09", "12=13"]),
        ("23＞24,24=25+26", ["23>24", "24=25+26"]),
        ("1=2+3、4=5－6", ["1=2+3", "4=5-6"]),
        ("1 = 2 + 3   4 >= 5\n6=<7", ["1=2+3", "4≥5", "6≤7"]),
        ("11=01+02-05=12+16", ["11=01+02-05", "11=12+16"]),
        ("1≤2≤3", ["1≤2", "2≤3"]),
        ("第3栏=第4栏+第5栏；3行=4行+5行", ["3=4+5", "3=4+5"]),
        ("(3)=(4)+（5）；①≥②；［6］＝［7］", ["3=4+5", "1≥2", "6=7"]),
        ("①12=13+14 ②15=16+17", ["12=13+14", "15=16+17"]),
        ("1、12=13+14；2、15=16+17", ["12=13+14", "15=16+17"]),
        ("1.12=13+14。2.15=16+17。", ["12=13+14", "15=16+17"]),
        ("甲＝乙－丙", ["甲=乙-丙"]),
        ("5≥其中：6", ["5≥6"]),
        ("第3栏加第4栏等于第5栏，5栏大于等于6栏", ["3+4=5", "5≥6"]),
        ("“1栏”应大于或等于“2栏”且3≤1", ["1≥2", "3≤1"]),
        ("01=02+…+05", ["01=02+03+04+05"]),
        ("9=1至3之和；9=1～3栏之和", ["9=1+2+3", "9=1+2+3"]),
        ("total_yuan = central_yuan + provincial_yuan", ["total_yuan=central_yuan+provincial_yuan"]),
        ("种植业收入＝一＋二", ["种植业收入=一+二"]),
    ],
)
def test_every_spelling_of_a_balance_is_read(text: str, balances: list[str]) -> None:
    assert [str(balance) for balance in parse_balances(text)] == balances


@pytest.mark.parametrize(
    "text",
    [
        "", "=", "12=", "≥60", "2016-12", "2016年12月20日", "0719-3334567", "5=3/4", "8=6×7", "25%=0.25",
        "12=13++14", "1≠2", "单价：元", "第01页", "=SUM(A1:A3)", "1=2+(3-4)",
        "1、12=13+14",  # the first of a list, or two balances?
        "05≥07,09,12≤13",  # is 09 below 05 or below 13?
        "9=5+…+2",
    ],
)  # fmt: skip
def test_what_is_no_balance_or_more_than_one_is_refused(text: str) -> None:
    with pytest.raises(NotABalance):
        parse_balances(text)


CODES = st.from_regex(r"0?[1-9][0-9]{0,2}|[甲乙丙丁]|[a-z]{2,8}_[a-z]{2,8}", fullmatch=True)
TERMS = st.builds(BalanceTerm, st.sampled_from([1, -1]), CODES)


@st.composite
def sides(draw: st.DrawFn) -> tuple[BalanceTerm, ...]:
    first, *others = draw(st.lists(TERMS, min_size=1, max_size=5))
    return (BalanceTerm(1, first.code), *others)


BALANCES = st.builds(Balance, sides(), st.sampled_from(["=", "≤", "≥", "<", ">"]), sides())
SPELLINGS = {
    "=": ["=", "＝", " = ", "等于"], "≤": ["≤", "<=", "≦", "小于等于"], "≥": ["≥", ">=", "＞＝", "不小于"],
    "<": ["<", "＜"], ">": [">", "＞"], "+": ["+", "＋", " + "], "-": ["-", "－", "—", " − "],
}  # fmt: skip
SEPARATORS = [";", "；", "，", "、", ", ", "  ", "。", "\n"]


@st.composite
def spelled(draw: st.DrawFn) -> tuple[list[Balance], str]:
    """Some balances, and a text of them in which each sign is written in one of the accepted ways."""
    balances = draw(st.lists(BALANCES, min_size=1, max_size=4))
    texts = []
    for balance in balances:
        signs = [draw(st.sampled_from(SPELLINGS.get(sign, [sign]))) for sign in str(balance)]
        texts.append("".join(signs))
    return balances, draw(st.sampled_from(SEPARATORS)).join(texts)


@given(spelled())
def test_what_is_written_in_any_spelling_is_read_as_itself(case: tuple[list[Balance], str]) -> None:
    balances, text = case

    assert parse_balances(text) == balances


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        balances = parse_balances(text)
    except NotABalance:
        return
    assert all(balance.left and balance.right for balance in balances)


def test_codes_are_those_of_both_sides_once() -> None:
    [balance] = parse_balances("11=01+02-11")

    assert balance.codes == ("11", "01", "02")


@pytest.mark.parametrize(
    ("missing", "values", "evaluation"),
    [
        ("skip_if_any", {"1": 5, "2": 5, "3": None}, Evaluation(Decimal(5), Decimal(5), None)),
        ("skip_if_all", {"1": 5, "2": 4, "3": None}, Evaluation(Decimal(5), Decimal(4), False)),
        ("skip_if_all", {"1": None, "2": None, "3": None}, Evaluation(Decimal(0), Decimal(0), None)),
        ("never_skip", {"1": None, "2": None, "3": None}, Evaluation(Decimal(0), Decimal(0), True)),
    ],
)
def test_when_a_value_is_missing(
    missing: Missing, values: dict[str, int | None], evaluation: Evaluation
) -> None:
    [balance] = parse_balances("1=2+3")
    numbers = {code: None if value is None else Decimal(value) for code, value in values.items()}

    assert evaluate(balance, numbers, missing) == evaluation


@pytest.mark.parametrize(
    ("text", "values", "step", "holds"),
    [
        ("1=2+3", "10 4 5", None, False),
        ("1=2+3", "1.1 0.5 0.5", "0.1", True),  # 1.05 = 0.525 + 0.525 printed
        ("1=2+3", "1.2 0.5 0.5", "0.1", False),
        ("1=2+3+4+5", "1.8 0.5 0.5 0.5 0.5", "0.1", True),
        ("1=2", "0.5 0.6", "0.1", False),  # what is equal is printed equal
        ("1≤2", "0.6 0.5", "0.1", False),
        ("1>2", "0.5 0.5", "0.1", True),  # 0.54 > 0.46 printed
        ("1>2", "5 5", None, False),
        ("1<2", "5 6", None, True),
        ("1≥2-3", "4 9 5", None, True),
    ],
)
def test_rounding_explains_what_it_can_and_no_more(
    text: str, values: str, step: str | None, holds: bool
) -> None:
    [balance] = parse_balances(text)
    numbers = dict(zip(balance.codes, map(Decimal, values.split()), strict=True))

    assert evaluate(balance, numbers, step=Decimal(step) if step else None).holds is holds


@given(st.lists(st.decimals(0, 1000, places=4), min_size=1, max_size=6), st.integers(0, 3))
def test_a_sum_that_is_right_still_holds_when_all_is_rounded(parts: list[Decimal], places: int) -> None:
    step = Decimal(1).scaleb(-places)
    values = dict(enumerate([sum(parts, Decimal(0)), *parts]))
    rounded = {str(code): value.quantize(step, rounding="ROUND_HALF_UP") for code, value in values.items()}
    [balance] = parse_balances("0=" + "+".join(map(str, range(1, len(values)))))

    assert evaluate(balance, rounded, step=step).holds
