"""Units of measure: how many of a field's unit one of the stated unit is."""

from decimal import Decimal

from sources.contract import squeeze

_SCALES: dict[str, dict[str, str]] = {
    "money": {
        "元": "1",
        "百元": "100",
        "千元": "1000",
        "万元": "10000",
        "百万元": "1000000",
        "亿元": "100000000",
    },
    "area": {"亩": "1", "公顷": "15", "万亩": "10000", "平方公里": "1500", "千公顷": "15000"},
    "mass": {"吨": "1", "公斤": "0.001", "千克": "0.001", "斤": "0.0005", "万吨": "10000", "万公斤": "10"},
    "power": {"千瓦": "1", "万千瓦": "10000"},
    "energy": {"千瓦时": "1", "度": "1", "万千瓦时": "10000", "万度": "10000"},
    "households": {"户": "1", "万户": "10000"},
    "persons": {"人": "1", "万人": "10000", "名": "1"},
    "visits": {"人次": "1", "万人次": "10000"},
    "ratio": {"%": "1", "‰": "0.1"},
    **{
        f"count of {unit}": {unit: "1", f"万{unit}": "10000"}
        for unit in (*"个座辆头只次台处家份项件", "公里", "平方米", "立方米")
    },
}
_DIMENSION = {unit: dimension for dimension, scale in _SCALES.items() for unit in scale}
MUST_BE_STATED = {"money", "area", "mass", "power", "energy"}
"""Dimensions in which forms are filled in more than one unit: a number without one means nothing."""


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure that is known here."""
    return squeeze(text) in _DIMENSION


def dimension(unit: str | None) -> str | None:
    """What a unit measures, or None for a field without a unit of measure."""
    return _DIMENSION.get(unit or "")


def factor(stated: str, wanted: str) -> Decimal | None:
    """How many `wanted` one `stated` is; None where they do not measure the same."""
    stated = squeeze(stated)
    if dimension(stated) is None or dimension(stated) != dimension(wanted):
        return None
    scale = _SCALES[_DIMENSION[wanted]]
    return Decimal(scale[stated]) / Decimal(scale[wanted])
