"""Units of measure: what each measures, and the factor from a stated unit to a field's."""

from decimal import Decimal
from functools import lru_cache

from sources.text.squeeze import squeeze

_COUNT_WORDS = "个座辆头只台处家份项件株根支套条张间所眼艘箱次笔类级分星倍栋幢匹羽册本部块片班"
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
    **{f"count of {unit}": {unit: "1"} for unit in _COUNT_WORDS},
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
    """Return what a unit measures, and its size in the dimension's base; None for an unknown unit."""
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
    """Whether a text is a known unit of measure: a plain one, a multiple (`万亩`), or a rate (`元/人`)."""
    return _measure(squeeze(text)) is not None


def dimension(unit: str | None) -> str | None:
    """Return what a unit measures, or None for a field without a unit of measure."""
    measure = _measure(squeeze(unit)) if unit else None
    return measure[0] if measure else None


def factor(stated: str, wanted: str) -> Decimal | None:
    """Return how many `wanted` a `stated` is; None where they do not measure the same."""
    source, target = _measure(squeeze(stated)), _measure(squeeze(wanted))
    return source[1] / target[1] if source and target and source[0] == target[0] else None
