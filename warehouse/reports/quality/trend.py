"""How the last loads went, as small plots: columns for counts, a line for the score."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from warehouse.reports.plots import points, text, ticks
from warehouse.reports.rendering import plain

_WIDTH, _HEIGHT = 340, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 330, 34, 124
_WIDEST = 26.0


@dataclass(frozen=True)
class Trend:
    """One plot: a value for each load, oldest first; None where it was not told. from_zero: the axis has zero."""

    title: str
    unit: str
    values: tuple[float | None, ...]
    from_zero: bool = True


def svg(trend: Trend, labels: Sequence[str], mark: str) -> str:
    """The plot as an element for HTML. labels: of the loads; the first and the last are shown."""
    known = [Decimal(str(round(value, 2))) for value in trend.values if value is not None]
    at = _ticks(known, from_zero=trend.from_zero)
    root = _canvas(trend, labels, mark)
    for tick in at:
        y = _y(tick, at)
        ET.SubElement(root, "line", {"class": "grid", **points(_LEFT, y, _RIGHT, y)})
        text(root, _LEFT - 6, y + 4, plain(tick, thousands=True), "tick end")
    pitch = (_RIGHT - _LEFT) / max(len(trend.values), 1)
    middles = [_LEFT + pitch * (n + 0.5) for n in range(len(trend.values))]
    (_columns if trend.from_zero else _line)(root, trend, middles, pitch, at)
    for n in sorted({0, len(labels) - 1}) if labels else ():
        text(root, middles[n], _BOTTOM + 17, labels[n], "tick middle")
    return ET.tostring(root, encoding="unicode")


def _columns(root: ET.Element, trend: Trend, middles: list[float], pitch: float, at: list[Decimal]) -> None:
    width = min(pitch * 0.62, _WIDEST)
    for middle, value in zip(middles, trend.values, strict=True):
        if value is None:
            text(root, middle, _BOTTOM - 5, "无", "gap middle")
            continue
        top = _y(Decimal(str(value)), at)
        shape = {"x": middle - width / 2, "y": top, "width": width, "height": _BOTTOM - top}
        ET.SubElement(root, "rect", {"class": "bar", **{name: f"{size:.1f}" for name, size in shape.items()}})
    _tell_last(root, trend, middles, at)


def _line(root: ET.Element, trend: Trend, middles: list[float], pitch: float, at: list[Decimal]) -> None:
    told = [
        (middle, _y(Decimal(str(round(value, 2))), at))
        for middle, value in zip(middles, trend.values, strict=True)
        if value is not None
    ]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in told)
    ET.SubElement(root, "polyline", {"class": "line", "points": joined})
    for x, y in told:
        ET.SubElement(root, "circle", {"class": "bar", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "3"})
    _tell_last(root, trend, middles, at)


def _tell_last(root: ET.Element, trend: Trend, middles: list[float], at: list[Decimal]) -> None:
    """The newest value stands beside its mark."""
    if trend.values and trend.values[-1] is not None:
        value = Decimal(str(round(trend.values[-1], 2)))
        text(root, middles[-1], _y(value, at) - 6, plain(value, thousands=True), "value middle")


def _ticks(known: list[Decimal], *, from_zero: bool) -> list[Decimal]:
    if from_zero or not known:
        whole = ticks(known or [Decimal(1)], about=3)
        return [tick for tick in whole if tick == tick.to_integral_value()]
    low, high = min(known), max(known)
    top = high.to_integral_value(ROUND_CEILING)
    step = max(Decimal(1), ((top - low) / 3).to_integral_value(ROUND_CEILING))
    return [top - step * n for n in (3, 2, 1, 0)]


def _y(value: Decimal, at: list[Decimal]) -> float:
    return _BOTTOM - float((value - at[0]) / (at[-1] - at[0])) * (_BOTTOM - _TOP)


def _canvas(trend: Trend, labels: Sequence[str], mark: str) -> ET.Element:
    title, described = f"trend-{mark}-title", f"trend-{mark}-desc"
    box = {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "role": "img", "aria-labelledby": f"{title} {described}"}
    root = ET.Element("svg", box)
    ET.SubElement(root, "title", {"id": title}).text = trend.title
    said = (
        f"{label} {'无' if value is None else f'{value:g}{trend.unit}'}"
        for label, value in zip(labels, trend.values, strict=True)
    )
    ET.SubElement(root, "desc", {"id": described}).text = "，".join(said)
    text(root, 0, 16, f"{trend.title}（{trend.unit}）", "heading")
    return root
