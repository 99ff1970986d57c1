"""Trends over the last loads as small plots in SVG: columns for counts, a line for the score."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from warehouse.reports.plots import add_text, line_ends, ticks
from warehouse.reports.rendering import plain

_WIDTH, _HEIGHT = 340, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 330, 34, 124
_WIDEST = 26.0


@dataclass(frozen=True)
class Trend:
    """The values of a plot, one a load, oldest first; None where not recorded.

    from_zero: columns on an axis with zero; else a line on an axis about the values.
    """

    title: str
    unit: str
    values: tuple[float | None, ...]
    from_zero: bool = True


def svg(trend: Trend, labels: Sequence[str], mark: str) -> str:
    """Draw a trend as an `<svg>` element for HTML.

    labels: of the loads; the first and the last are shown. mark: makes its ids unique on the page.
    """
    known = [Decimal(str(round(value, 2))) for value in trend.values if value is not None]
    axis = _ticks(known, from_zero=trend.from_zero)
    root = _canvas(trend, labels, mark)
    for tick in axis:
        y = _y(tick, axis)
        ET.SubElement(root, "line", {"class": "grid", **line_ends(_LEFT, y, _RIGHT, y)})
        add_text(root, _LEFT - 6, y + 4, plain(tick, thousands=True), "tick end")
    pitch = (_RIGHT - _LEFT) / max(len(trend.values), 1)
    middles = [_LEFT + pitch * (n + 0.5) for n in range(len(trend.values))]
    if trend.from_zero:
        _add_columns(root, trend, middles, axis, width=min(pitch * 0.62, _WIDEST))
    else:
        _add_line(root, trend, middles, axis)
    _label_newest(root, trend, middles, axis)
    for n in sorted({0, len(labels) - 1}) if labels else ():
        add_text(root, middles[n], _BOTTOM + 17, labels[n], "tick middle")
    return ET.tostring(root, encoding="unicode")


def _add_columns(
    root: ET.Element, trend: Trend, middles: list[float], axis: list[Decimal], *, width: float
) -> None:
    for middle, value in zip(middles, trend.values, strict=True):
        if value is None:
            add_text(root, middle, _BOTTOM - 5, "无", "gap middle")
            continue
        top = _y(Decimal(str(value)), axis)
        shape = {"x": middle - width / 2, "y": top, "width": width, "height": _BOTTOM - top}
        ET.SubElement(root, "rect", {"class": "bar", **{name: f"{size:.1f}" for name, size in shape.items()}})


def _add_line(root: ET.Element, trend: Trend, middles: list[float], axis: list[Decimal]) -> None:
    points = [
        (middle, _y(Decimal(str(round(value, 2))), axis))
        for middle, value in zip(middles, trend.values, strict=True)
        if value is not None
    ]
    ET.SubElement(
        root, "polyline", {"class": "line", "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in points)}
    )
    for x, y in points:
        ET.SubElement(root, "circle", {"class": "bar", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "3"})


def _label_newest(root: ET.Element, trend: Trend, middles: list[float], axis: list[Decimal]) -> None:
    """Write the newest value, where there is one, above its mark."""
    if trend.values and trend.values[-1] is not None:
        value = Decimal(str(round(trend.values[-1], 2)))
        add_text(root, middles[-1], _y(value, axis) - 6, plain(value, thousands=True), "value middle")


def _ticks(known: list[Decimal], *, from_zero: bool) -> list[Decimal]:
    """List the ticks of the axis: whole numbers from zero, or four about the known values."""
    if from_zero or not known:
        whole = ticks(known or [Decimal(1)], about=3)
        return [tick for tick in whole if tick == tick.to_integral_value()]
    low, high = min(known), max(known)
    top = high.to_integral_value(ROUND_CEILING)
    step = max(Decimal(1), ((top - low) / 3).to_integral_value(ROUND_CEILING))
    return [top - step * n for n in (3, 2, 1, 0)]


def _y(value: Decimal, axis: list[Decimal]) -> float:
    """Place a value on the axis, in user units. axis: its ticks, in order."""
    return _BOTTOM - float((value - axis[0]) / (axis[-1] - axis[0])) * (_BOTTOM - _TOP)


def _canvas(trend: Trend, labels: Sequence[str], mark: str) -> ET.Element:
    title_id, description_id = f"trend-{mark}-title", f"trend-{mark}-desc"
    root = ET.Element(
        "svg",
        {
            "viewBox": f"0 0 {_WIDTH} {_HEIGHT}",
            "role": "img",
            "aria-labelledby": f"{title_id} {description_id}",
        },
    )
    ET.SubElement(root, "title", {"id": title_id}).text = trend.title
    values = (
        f"{label} {'无' if value is None else f'{value:g}{trend.unit}'}"
        for label, value in zip(labels, trend.values, strict=True)
    )
    ET.SubElement(root, "desc", {"id": description_id}).text = "，".join(values)
    add_text(root, 0, 16, f"{trend.title}（{trend.unit}）", "heading")
    return root
