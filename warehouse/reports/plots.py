"""Plots as SVG without scripts or files: bars by township, columns by quarter or month. They print in black."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from decimal import Decimal

from warehouse.reports.bulletin.breakdown import Breakdown
from warehouse.reports.rendering import half_up, plain

_WIDTH = 520
_LETTER = 13  # width of a Chinese character in user units
_MARGIN = 12
_BAR, _BAR_PITCH = 16, 26
_COLUMNS_HEIGHT = 210
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def svg(breakdown: Breakdown, mark: str) -> str:
    """The plot of a breakdown as an element for HTML. mark: what makes its ids unique on the page."""
    return ET.tostring(
        _bars(breakdown, mark) if breakdown.by == "township" else _columns(breakdown, mark),
        encoding="unicode",
    )


def scale_of(values: Sequence[Decimal], unit: str) -> tuple[int, str]:
    """The power of ten and the unit in which values are well read: 元 as 万元 or 亿元, 人次 as 万人次."""
    most = max(map(abs, values), default=Decimal(0))
    if most >= 10**8:
        return 8, f"亿{unit}"
    if most >= 10**4:
        return 4, f"万{unit}"
    return 0, unit


def ticks(values: Sequence[Decimal], about: int = 4) -> list[Decimal]:
    """Round numbers from at or below the least (and zero) to at or above the most: the axis always has zero."""
    low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
    if low == high:
        return [Decimal(0), Decimal(1)]
    rough = (high - low) / about
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * s for s in _STEPS if power * s >= rough)
    first, last = int(low // step) - (low % step < 0), -int(-high // step) + (high % step > 0)
    return [step * n for n in range(first, last + 1)]


def _bars(breakdown: Breakdown, mark: str) -> ET.Element:
    values, unit = _scaled(breakdown)
    left = _MARGIN + _LETTER * max(len(cell.label) for cell in breakdown.cells)
    axis = _Axis(ticks([v for v in values if v is not None]), left + 6, _WIDTH - 90)
    bottom = 34 + _BAR_PITCH * len(values)
    root = _canvas(breakdown, unit, mark, bottom + 22)
    for tick in axis.ticks:
        x = axis.at(tick)
        ET.SubElement(root, "line", {"class": "grid", **points(x, 30, x, bottom)})
        text(root, x, bottom + 15, plain(tick, thousands=True), "tick middle")
    said = _labels(breakdown, values)
    for n, (cell, value) in enumerate(zip(breakdown.cells, values, strict=True)):
        y = 34 + _BAR_PITCH * n
        text(root, left, y + 13, cell.label, "label end")
        if value is not None:
            _bar(root, axis.at(min(value, Decimal(0))), y, axis.length(value), _BAR, final=cell.is_final)
            text(root, axis.at(max(value, Decimal(0))) + 5, y + 13, said[n], "value")
    ET.SubElement(
        root, "line", {"class": "axis", **points(axis.at(Decimal(0)), 30, axis.at(Decimal(0)), bottom)}
    )
    return root


def _columns(breakdown: Breakdown, mark: str) -> ET.Element:
    values, unit = _scaled(breakdown)
    axis = _Axis(ticks([v for v in values if v is not None]), _COLUMNS_HEIGHT, 44)
    left = _MARGIN + 8 * max(len(plain(tick, thousands=True)) for tick in axis.ticks) + 8
    pitch = (_WIDTH - _MARGIN - left) / len(values)
    width = min(pitch * 0.62, 64)
    root = _canvas(breakdown, unit, mark, _COLUMNS_HEIGHT + 26)
    for tick in axis.ticks:
        y = axis.at(tick)
        ET.SubElement(root, "line", {"class": "grid", **points(left, y, _WIDTH - _MARGIN, y)})
        text(root, left - 6, y + 4, plain(tick, thousands=True), "tick end")
    said = _labels(breakdown, values)
    for n, (cell, value) in enumerate(zip(breakdown.cells, values, strict=True)):
        middle = left + pitch * (n + 0.5)
        text(root, middle, _COLUMNS_HEIGHT + 18, cell.label, "label middle")
        if value is None:
            text(root, middle, axis.at(Decimal(0)) - 6, "无", "gap middle")
            continue
        top = axis.at(max(value, Decimal(0)))
        _bar(root, middle - width / 2, top, width, axis.length(value), final=cell.is_final)
        text(root, middle, top - 5, said[n], "value middle")
    zero = axis.at(Decimal(0))
    ET.SubElement(root, "line", {"class": "axis", **points(left, zero, _WIDTH - _MARGIN, zero)})
    return root


class _Axis:
    """From values to user units, between two ends."""

    def __init__(self, at: list[Decimal], start: float, end: float) -> None:
        self.ticks = at
        self._start = start
        self._per_unit = (end - start) / float(at[-1] - at[0])

    def at(self, value: Decimal) -> float:
        return self._start + float(value - self.ticks[0]) * self._per_unit

    def length(self, value: Decimal) -> float:
        return abs(float(value) * self._per_unit)


def _scaled(breakdown: Breakdown) -> tuple[list[Decimal | None], str]:
    power, unit = scale_of([c.value for c in breakdown.cells if c.value is not None], breakdown.line.unit)
    return [None if c.value is None else c.value.scaleb(-power) for c in breakdown.cells], unit


def _canvas(breakdown: Breakdown, unit: str, mark: str, height: float) -> ET.Element:
    title, described = f"plot-{mark}-title", f"plot-{mark}-desc"
    root = ET.Element(
        "svg",
        {"viewBox": f"0 0 {_WIDTH} {height:g}", "role": "img", "aria-labelledby": f"{title} {described}"},
    )
    heading = f"{breakdown.line.name}（{breakdown.words}）"
    ET.SubElement(root, "title", {"id": title}).text = heading
    ET.SubElement(root, "desc", {"id": described}).text = _description(breakdown)
    text(root, _MARGIN, 17, heading, "heading")
    text(root, _WIDTH - _MARGIN, 17, f"单位：{unit}", "tick end")
    return root


def _description(breakdown: Breakdown) -> str:
    unit = breakdown.line.unit
    said = (
        f"{cell.label}{'无数据' if cell.value is None else plain(cell.value, thousands=True) + unit}"
        for cell in breakdown.cells
    )
    return "，".join(said)


def _labels(breakdown: Breakdown, values: Sequence[Decimal | None]) -> list[str]:
    """Values of one plot to the same places, so that they fit beside each other; a star where one is not final."""
    known = [value for value in values if value is not None]
    most = max(map(abs, known))
    places = 0 if most >= 1000 or all(v == v.to_integral_value() for v in known) else 1 if most >= 100 else 2
    return [
        "" if value is None else f"{half_up(value, places):,f}{'' if cell.is_final else '*'}"
        for cell, value in zip(breakdown.cells, values, strict=True)
    ]


def _bar(root: ET.Element, x: float, y: float, width: float, height: float, *, final: bool) -> None:
    shape = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    ET.SubElement(root, "rect", {"class": "bar" if final else "bar open", **shape})


def text(root: ET.Element, x: float, y: float, words: str, kind: str) -> None:
    ET.SubElement(root, "text", {"class": kind, "x": f"{x:.1f}", "y": f"{y:.1f}"}).text = words


def points(x1: float, y1: float, x2: float, y2: float) -> dict[str, str]:
    return {
        name: f"{value:.1f}" for name, value in zip(("x1", "y1", "x2", "y2"), (x1, y1, x2, y2), strict=True)
    }
