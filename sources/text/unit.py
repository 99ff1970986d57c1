"""Units of measure: how many of a field's unit one of the stated unit is."""

from decimal import Decimal
from functools import lru_cache

from sources.text.squeeze import squeeze

_COUNTED = "个座辆头只台处家份项件株根支套条张间所眼艘箱次笔类级分星倍"
_BASE: dict[str, dict[str, str]] = {
    "money": {"元": "1"},
    "area": {"亩": "1", "顷": "100", "公顷": "15", "平方公里": "1500"},
    "mass": {"吨": "1", "公斤": "0.001", "千克": "0.001", "斤": "0.0005"},
    "power": {"千瓦": "1"},
    "energy": {"千瓦时": "1", "度": "1"},
    "length": {"公里": "1", "千米": "1", "米": "0.001"},
    "households": {"户": "1"},
    "persons": {"人": "1", "名": "1"},
    "visits": {"人次": "1"},
    "ratio": {"%": "1", "‰": "0.1"},
    **{f"count of {unit}": {unit: "1"} for unit in _COUNTED},
    **{f"measure in {unit}": {unit: "1"} for unit in ("平方米", "立方米", "美元")},
}
_MULTIPLES = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_KNOWN = {
    unit: (dimension, Decimal(scale)) for dimension, units in _BASE.items() for unit, scale in units.items()
}
MUST_BE_STATED = {"money", "area", "mass", "power", "energy"}
"""Dimensions in which forms are filled in more than one unit: a number without one means nothing."""


@lru_cache(maxsize=1 << 12)
def _measure(unit: str) -> tuple[str, Decimal] | None:
    """What a unit measures, and how many of the dimension's base one of it is."""
    if unit in _KNOWN:
        return _KNOWN[unit]
    if "/" in unit:
        over, under = map(_measure, unit.split("/", 1))
        return (f"{over[0]}/{under[0]}", over[1] / under[1]) if over and under else None
    for multiple, times in _MULTIPLES.items():
        base = _KNOWN.get(unit.removeprefix(multiple)) if unit.startswith(multiple) else None
        if base:
            return base[0], base[1] * times
    return None


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure that is known here: one, a multiple (`万亩`), or a rate (`元/人`)."""
    return _measure(squeeze(text)) is not None


def dimension(unit: str | None) -> str | None:
    """What a unit measures, or None for a field without a unit of measure."""
    measured = _measure(squeeze(unit)) if unit else None
    return measured[0] if measured else None


def factor(stated: str, wanted: str) -> Decimal | None:
    """How many `wanted` one `stated` is; None where they do not measure the same."""
    one, other = _measure(squeeze(stated)), _measure(squeeze(wanted))
    return one[1] / other[1] if one and other and one[0] == other[0] else None
