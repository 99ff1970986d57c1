"""Values of figures as the page writes them, and the order of chapters."""

from collections.abc import Iterable

from schemas.indicator import position_of_chapter
from warehouse.figures.status import STATUSES
from warehouse.reports.bulletin.figures import BulletinIndicator
from warehouse.reports.bulletin.lines import exact_words
from warehouse.reports.rendering import half_up, plain, usual
from warehouse.reports.townships.reading import PlaceFigure


def chapters_of(indicators: Iterable[BulletinIndicator]) -> list[str]:
    """List the chapters of indicators, the known in their order, then others by name."""
    names = {indicator.chapter for indicator in indicators}
    return sorted(names, key=position_of_chapter)


def shown_value(figure: PlaceFigure | None, unit: str) -> str:
    """Write a value as a table has it: percentages to one place, money in 万元 or 亿元, no unit that the row has."""
    if figure is None:
        return ""
    if unit == "%":
        return f"{plain(half_up(figure.value, 1))}%"
    return usual(figure.value, unit) if unit == "元" else plain(half_up(figure.value, 2), thousands=True)


def exact_value(figure: PlaceFigure | None, unit: str) -> str:
    """Write all digits of a value with its unit; nothing where there is none."""
    return "" if figure is None else exact_words(figure.value, unit)


def status_words(figure: PlaceFigure | None) -> str:
    """Write the status of a figure in words."""
    return "" if figure is None else STATUSES[figure.status]
