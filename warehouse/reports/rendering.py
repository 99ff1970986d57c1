"""Rules that render exact values as printed text: rounded, or as "16万余人次", "95%以上", "全部".

Values are exact Decimals in base units: yuan, percent (0 to 100), or counts.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal, assert_never

from pydantic import Field

from schemas.files.strict import Strict

_POWERS_OF_TEN = {"亿元": 8, "万元": 4, "亿": 8, "万": 4}
_WORDS_OF_POWERS = {8: "亿", 4: "万", 0: ""}
_CHINESE_NUMERALS = "零一两三四五六七八九十"
_ALL = Decimal(100)
_NEARLY_ALL = Decimal("99.99")


class Exact(Strict):
    """Every digit: 34个, or in Chinese numerals up to ten: 三家."""

    kind: Literal["exact"]
    unit: str
    numerals: Literal["digits", "chinese"] = "digits"


class Rounded(Strict):
    """Rounded half up to a number of places, trailing zeros as printed: 11.95亿元, 625.8万元, 7300万元, 14%."""

    kind: Literal["rounded"]
    unit: Literal["亿元", "万元", "元", "%"]
    places: int = Field(ge=0, le=4)


class Over(Strict):
    """Rounded down to a step, never claiming more than is true: 16万余人次, 800多万元, 90余户.

    step: in the number printed before the word, so 1 in 16万余人次 and 100 in 800多万元. counted_in: the power
    of ten that this number is counted in. A value on a step has no word; a value below a step or negative is
    exact.
    """

    kind: Literal["over"]
    unit: str
    word: Literal["多", "余"]
    step: Decimal = Field(gt=0)
    counted_in: Literal["", "万", "亿"] = ""


class AtLeast(Strict):
    """Percent rounded down to a step: 95%以上, also of 95 itself and of 100; less than a step is exact."""

    kind: Literal["at_least"]
    step: Decimal = Field(gt=0, lt=100)


class Whole(Strict):
    """A share whose 100 percent is 全部; anything less is a percentage that never rounds up to 100."""

    kind: Literal["whole"]


Rendering = Annotated[Exact | Rounded | Over | AtLeast | Whole, Field(discriminator="kind")]


def render(value: Decimal, rule: Rendering) -> str:
    """Render a value by a rule. value: yuan, percent (0 to 100), or a count."""
    match rule:
        case Exact():
            return f"{_numeral(value, rule.numerals)}{rule.unit}"
        case Rounded():
            return f"{half_up(_counted_in(rule.unit, value), rule.places)}{rule.unit}"
        case Over():
            return _render_over(value, rule)
        case AtLeast():
            floor = min(value, _ALL - rule.step) // rule.step * rule.step
            return f"{plain(floor)}%以上" if floor > 0 else f"{plain(value)}%"
        case Whole():
            share = min(half_up(value, 2), _NEARLY_ALL) if value < _ALL else value
            return "全部" if value == _ALL else f"{plain(share)}%"
        case _:
            assert_never(rule)


def usual(value: Decimal, unit: str, *, per_head: bool = False) -> str:
    """Render a value by its unit alone, where the printed bulletin gives no rule: 11.95亿元, 97.87%, 1,234户.

    per_head: whether yuan are of one person or household, and so written in full.
    """
    if unit == "%":
        return f"{plain(half_up(value, 2))}%"
    if unit == "元" and per_head:
        return f"{plain(half_up(value, 0), thousands=True)}元"
    if unit != "元":
        return f"{plain(value, thousands=True)}{unit}"
    money = "亿元" if abs(value) >= 10**8 else "万元" if abs(value) >= 10**4 else "元"
    return f"{plain(half_up(_counted_in(money, value), 2))}{money}"


def in_text(value: Decimal, unit: str, *, per_head: bool = False) -> str:
    """Render a value as running text has it, without separators: 11.95亿元, 5.25万吨, 16.2万人次, 36817人."""
    if unit in ("元", "%"):
        return usual(value, unit, per_head=per_head).replace(",", "")
    power = power_in_text(value)
    return f"{plain(half_up(value.scaleb(-power), 2))}{_WORDS_OF_POWERS[power]}{unit}"


def power_in_text(value: Decimal) -> int:
    """Return the power of ten that running text counts a number in: 8, 4 or 0.

    Whole numbers are counts, which are written in full up to a hundred thousand.
    """
    most_in_full = 10**5 if value == value.to_integral_value() else 10**4
    return 8 if abs(value) >= 10**8 else 4 if abs(value) >= most_in_full else 0


def plain(value: Decimal, *, thousands: bool = False) -> str:
    """Write all digits of a value without trailing zeros: 5600, 97.5. thousands: with separators."""
    whole = value == value.to_integral_value()
    return format(value.quantize(Decimal(1)) if whole else value.normalize(), ",f" if thousands else "f")


def half_up(value: Decimal, places: int) -> Decimal:
    """Round to a number of places, a half away from zero."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded + 0  # no minus before a zero


def _render_over(value: Decimal, rule: Over) -> str:
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
