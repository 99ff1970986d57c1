"""What running text says of one figure: its value, the change on the year before, its status, and a whole sentence."""

from decimal import Decimal

from warehouse.figures.status import STATUSES
from warehouse.reports.bulletin.lines import BulletinLine
from warehouse.reports.rendering import half_up, in_text, plain, power_in_text

_NOT_COMPARED = ("definition", "growth")
"""Kinds whose change on the year before says nothing."""


def value_words(line: BulletinLine, value: Decimal) -> str:
    """Write the value of a line, or one like it, as running text has it."""
    return in_text(value, line.unit, per_head=line.kind == "ratio")


def growth_words(line: BulletinLine) -> str:
    """Write the change on the year before: 比上年增长15.75%, 比上年减少362人, 与上年持平; empty where there is none.

    Amounts and what is counted in 万 change by percent, counts by their number, shares by percentage points.
    """
    change = line.change_value
    if change is None or line.value is None or line.kind in _NOT_COMPARED:
        return ""
    if line.previous_value is not None and line.value - line.previous_value == change:
        return _growth(line, line.value, change)
    return "" if _is_multiple(line) else f"按可比口径{_growth(line, line.value, change)}"


def doubt_words(line: BulletinLine, *, with_growth: bool) -> str:
    """Write what of a figure is not final, without brackets: 不完整, 增减暂定; empty where all is.

    with_growth: whether the text gives the change too.
    """
    status = "" if line.status == STATUSES["final"] else line.status
    if with_growth and line.change_status:
        return f"{status}，增减{line.change_status}" if status else f"增减{line.change_status}"
    return status


def name_words(line: BulletinLine) -> str:
    """Write what a sentence of the program's own begins with: the name of the figure, and 为 before a share."""
    basis = f"（{line.basis}年名录）" if line.basis else ""
    return f"{line.name}{basis}{'为' if line.kind in ('ratio', 'growth') else ''}"


def _growth(line: BulletinLine, value: Decimal, change: Decimal) -> str:
    if change == 0:
        return "与上年持平"
    if line.unit == "%":
        return _by(half_up(abs(change), 2), "个百分点", "提高" if change > 0 else "降低")
    if _is_multiple(line):
        return f"上年为{value_words(line, value - change)}"
    is_amount = line.unit == "元" or value != value.to_integral_value() or power_in_text(value) > 0
    if is_amount and line.change is not None:
        return _by(half_up(abs(line.change), 2), "%", "增长" if change > 0 else "下降")
    return f"比上年{'增加' if change > 0 else '减少'}{value_words(line, abs(change))}"


def _is_multiple(line: BulletinLine) -> bool:
    """Whether a figure is so many times another, of which neither percent nor points are usual."""
    return line.kind == "ratio" and line.unit not in ("元", "%")


def _by(change: Decimal, unit: str, verb: str) -> str:
    return f"比上年{verb}{plain(change)}{unit}" if change else "与上年基本持平"
