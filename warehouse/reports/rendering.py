"""How exact values are said in print: rounded, or as "16万余人次", "95%以上", "全部".

Values are exact Decimals in base units: yuan, percent (0 to 100), or things counted.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal, assert_never

from pydantic import Field

from schemas.strict import Strict

_POWERS_OF_TEN = {"亿元": 8, "万元": 4, "亿": 8, "万": 4}
_CHINESE_NUMERALS = "零一两三四五六七八九十"
_ALL = Decimal(100)
_NEARLY_ALL = Decimal("99.99")


class Exact(Strict):
    """Every digit: 34个, or in Chinese numerals up to ten: 三家."""

    kind: Literal["exact"]
    unit: str
    numerals: Literal["digits", "chinese"] = "digits"


class Rounded(Strict):
    """Half up to a number of places, trailing zeros as printed: 11.95亿元, 625.8万元, 7300万元, 14%."""

    kind: Literal["rounded"]
    unit: Literal["亿元", "万元", "元", "%"]
    places: int = Field(ge=0, le=4)


class Over(Strict):
    """Down to a step, never claiming more than is true: 16万余人次, 800多万元, 90余户.

    step: in what is printed before the word, so 1 in 16万余人次 and 100 in 800多万元. counted_in: what the number
    itself is counted in. A value on a step is said without the word; one below a step or negative, exactly.
    """

    kind: Literal["over"]
    unit: str
    word: Literal["多", "余"]
    step: Decimal = Field(gt=0)
    counted_in: Literal["", "万", "亿"] = ""


class AtLeast(Strict):
    """Percent down to a step that includes it: 95%以上. All of it is still 95%以上; less than a step, exact."""

    kind: Literal["at_least"]
    step: Decimal = Field(gt=0, lt=100)


class Whole(Strict):
    """All of it is 全部; anything less is a percentage that never rounds up to all."""

    kind: Literal["whole"]


Rendering = Annotated[Exact | Rounded | Over | AtLeast | Whole, Field(discriminator="kind")]


def render(value: Decimal, rule: Rendering) -> str:
    """The value as it is printed. value: yuan, percent, or things counted."""
    match rule:
        case Exact():
            return f"{_numeral(value, rule.numerals)}{rule.unit}"
        case Rounded():
            return f"{half_up(_counted_in(rule.unit, value), rule.places)}{rule.unit}"
        case Over():
            return _over(value, rule)
        case AtLeast():
            floor = min(value, _ALL - rule.step) // rule.step * rule.step
            return f"{plain(floor)}%以上" if floor > 0 else f"{plain(value)}%"
        case Whole():
            share = min(half_up(value, 2), _NEARLY_ALL) if value < _ALL else value
            return "全部" if value == _ALL else f"{plain(share)}%"
        case _:
            assert_never(rule)


def usual(value: Decimal, unit: str) -> str:
    """The value as the page says it where no rule was printed: 11.95亿元, 97.87%, 1,234户."""
    if unit == "%":
        return f"{plain(half_up(value, 2))}%"
    if unit != "元":
        return f"{plain(value, thousands=True)}{unit}"
    money = "亿元" if abs(value) >= 10**8 else "万元" if abs(value) >= 10**4 else "元"
    return f"{plain(half_up(_counted_in(money, value), 2))}{money}"


def plain(value: Decimal, *, thousands: bool = False) -> str:
    """All digits of a value and no more: 5600, 97.5."""
    whole = value == value.to_integral_value()
    return format(value.quantize(Decimal(1)) if whole else value.normalize(), ",f" if thousands else "f")


def half_up(value: Decimal, places: int) -> Decimal:
    """Rounded to a number of places, a half away from zero."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded + 0  # no minus before a zero


def _over(value: Decimal, rule: Over) -> str:
    number = _counted_in(rule.counted_in, _counted_in(rule.unit, value))
    floor = number // rule.step * rule.step
    if floor <= 0 or floor == number:
        return f"{plain(number)}{rule.counted_in}{rule.unit}"
    return f"{plain(floor)}{rule.counted_in}{rule.word}{rule.unit}"


def _counted_in(unit: str, value: Decimal) -> Decimal:
    return value.scaleb(-_POWERS_OF_TEN.get(unit, 0))


def _numeral(value: Decimal, numerals: Literal["digits", "chinese"]) -> str:
    if numerals == "chinese" and value == value.to_integral_value() and 0 <= value <= 10:
        return _CHINESE_NUMERALS[int(value)]
    return plain(value)
