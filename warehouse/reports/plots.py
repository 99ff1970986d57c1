"""Plots as SVG without scripts or other files, legible in black and white.

Bars by township, columns by quarter or month; axes, texts and lines that other plots draw with too.
"""

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
    """Draw a breakdown as an `<svg>` element for HTML. mark: makes its ids unique on the page."""
    return ET.tostring(
        _bars(breakdown, mark) if breakdown.by == "township" else _columns(breakdown, mark),
        encoding="unicode",
    )


def scale_of(values: Sequence[Decimal], unit: str) -> tuple[int, str]:
    """Choose the power of ten and the unit that make values short: 元 as 万元 or 亿元, 人次 as 万人次."""
    largest = max(map(abs, values), default=Decimal(0))
    if largest >= 10**8:
        return 8, f"亿{unit}"
    if largest >= 10**4:
        return 4, f"万{unit}"
    return 0, unit


def ticks(values: Sequence[Decimal], about: int = 4) -> list[Decimal]:
    """List about so many round numbers from at or below the least value to at or above the most, and zero."""
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
        ET.SubElement(root, "line", {"class": "grid", **line_ends(x, 30, x, bottom)})
        add_text(root, x, bottom + 15, plain(tick, thousands=True), "tick middle")
    labels = _value_labels(breakdown, values)
    for n, (cell, value) in enumerate(zip(breakdown.cells, values, strict=True)):
        y = 34 + _BAR_PITCH * n
        add_text(root, left, y + 13, cell.label, "label end")
        if value is not None:
            _add_bar(root, axis.at(min(value, Decimal(0))), y, axis.length(value), _BAR, final=cell.is_final)
            add_text(root, axis.at(max(value, Decimal(0))) + 5, y + 13, labels[n], "value")
    ET.SubElement(
        root, "line", {"class": "axis", **line_ends(axis.at(Decimal(0)), 30, axis.at(Decimal(0)), bottom)}
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
        ET.SubElement(root, "line", {"class": "grid", **line_ends(left, y, _WIDTH - _MARGIN, y)})
        add_text(root, left - 6, y + 4, plain(tick, thousands=True), "tick end")
    labels = _value_labels(breakdown, values)
    for n, (cell, value) in enumerate(zip(breakdown.cells, values, strict=True)):
        middle = left + pitch * (n + 0.5)
        add_text(root, middle, _COLUMNS_HEIGHT + 18, cell.label, "label middle")
        if value is None:
            add_text(root, middle, axis.at(Decimal(0)) - 6, "无", "gap middle")
            continue
        top = axis.at(max(value, Decimal(0)))
        _add_bar(root, middle - width / 2, top, width, axis.length(value), final=cell.is_final)
        add_text(root, middle, top - 5, labels[n], "value middle")
    zero = axis.at(Decimal(0))
    ET.SubElement(root, "line", {"class": "axis", **line_ends(left, zero, _WIDTH - _MARGIN, zero)})
    return root


class _Axis:
    """A linear scale from values to user units. start, end: where the first and the last tick lie."""

    def __init__(self, tick_values: list[Decimal], start: float, end: float) -> None:
        self.ticks = tick_values
        self._start = start
        self._per_unit = (end - start) / float(tick_values[-1] - tick_values[0])

    def at(self, value: Decimal) -> float:
        return self._start + float(value - self.ticks[0]) * self._per_unit

    def length(self, value: Decimal) -> float:
        return abs(float(value) * self._per_unit)


def _scaled(breakdown: Breakdown) -> tuple[list[Decimal | None], str]:
    power, unit = scale_of([c.value for c in breakdown.cells if c.value is not None], breakdown.line.unit)
    return [None if c.value is None else c.value.scaleb(-power) for c in breakdown.cells], unit


def _canvas(breakdown: Breakdown, unit: str, mark: str, height: float) -> ET.Element:
    title_id, description_id = f"plot-{mark}-title", f"plot-{mark}-desc"
    root = ET.Element(
        "svg",
        {
            "viewBox": f"0 0 {_WIDTH} {height:g}",
            "role": "img",
            "aria-labelledby": f"{title_id} {description_id}",
        },
    )
    heading = f"{breakdown.line.name}（{breakdown.words}）"
    ET.SubElement(root, "title", {"id": title_id}).text = heading
    ET.SubElement(root, "desc", {"id": description_id}).text = _description(breakdown)
    add_text(root, _MARGIN, 17, heading, "heading")
    add_text(root, _WIDTH - _MARGIN, 17, f"单位：{unit}", "tick end")
    return root


def _description(breakdown: Breakdown) -> str:
    unit = breakdown.line.unit
    values = (
        f"{cell.label}{'无数据' if cell.value is None else plain(cell.value, thousands=True) + unit}"
        for cell in breakdown.cells
    )
    return "，".join(values)


def _value_labels(breakdown: Breakdown, values: Sequence[Decimal | None]) -> list[str]:
    """Round the values of a plot to the same places, so that they fit; a star marks values not final."""
    known = [value for value in values if value is not None]
    largest = max(map(abs, known))
    are_whole = all(v == v.to_integral_value() for v in known)
    places = 0 if largest >= 1000 or are_whole else 1 if largest >= 100 else 2
    return [
        "" if value is None else f"{half_up(value, places):,f}{'' if cell.is_final else '*'}"
        for cell, value in zip(breakdown.cells, values, strict=True)
    ]


def _add_bar(root: ET.Element, x: float, y: float, width: float, height: float, *, final: bool) -> None:
    shape = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    ET.SubElement(root, "rect", {"class": "bar" if final else "bar open", **shape})


def add_text(root: ET.Element, x: float, y: float, text: str, css_class: str) -> None:
    """Add a text at a place in user units."""
    ET.SubElement(root, "text", {"class": css_class, "x": f"{x:.1f}", "y": f"{y:.1f}"}).text = text


def line_ends(x1: float, y1: float, x2: float, y2: float) -> dict[str, str]:
    """Give the attributes of a line's two ends, in user units."""
    return {
        name: f"{value:.1f}" for name, value in zip(("x1", "y1", "x2", "y2"), (x1, y1, x2, y2), strict=True)
    }
