"""Breakdowns of a line by township, quarter and month, their grids side by side, and the choice of plots."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from warehouse.figures.status import STATUSES
from warehouse.reports.bulletin.figures import BulletinFigure
from warehouse.reports.bulletin.lines import BulletinLine

By = Literal["township", "quarter", "month"]

BY_WORDS: dict[By, str] = {"township": "分乡镇", "quarter": "分季度", "month": "分月"}
_PLACES = {"town", "township", "subdistrict", "zone", "unassigned"}
_COLUMNS_ACROSS_A_PAGE = 5


@dataclass(frozen=True)
class BreakdownCell:
    """The value of a place or period, None where nothing was reported. key: its code, label: its name.

    status: in words, None where there is no figure.
    """

    key: str
    label: str
    value: Decimal | None
    status: str | None

    @property
    def is_final(self) -> bool:
        return self.status in (None, STATUSES["final"])


@dataclass(frozen=True)
class Breakdown:
    """A line by township (those that have a value), or by each quarter or month of the year."""

    line: BulletinLine
    by: By
    cells: tuple[BreakdownCell, ...]

    @property
    def words(self) -> str:
        """Kind of breakdown in words: 分乡镇, 分月, 分季度，期末累计."""
        cumulative = self.line.is_cumulative and self.by != "township"
        return BY_WORDS[self.by] + ("，期末累计" if cumulative else "")


@dataclass(frozen=True)
class BreakdownGrid:
    """Breakdowns side by side: a row per place or period, a value per line."""

    by: By
    lines: tuple[BulletinLine, ...]
    rows: tuple[tuple[str, tuple[Decimal | None, ...]], ...]


def breakdowns_of(line: BulletinLine, year: int, figures: Sequence[BulletinFigure]) -> Iterator[Breakdown]:
    """Break a line down in each way that gives two values or more.

    figures: all of the line's indicator and basis in the year, its quarters and its months.
    """
    places = (f for f in figures if f.division_level in _PLACES and f.period_grain == "year")
    series = {f.period: f for f in figures if f.division_level == "county"}
    cells_by: dict[By, list[BreakdownCell]] = {
        "township": [_cell(f.division_code, f.division_name, f) for f in places if f.value is not None],
        "quarter": [_cell(p, f"{q}季度", series.get(p)) for q in range(1, 5) for p in [f"{year}-Q{q}"]],
        "month": [_cell(p, f"{m}月", series.get(p)) for m in range(1, 13) for p in [f"{year}-{m:02d}"]],
    }
    for by, cells in cells_by.items():
        if sum(cell.value is not None for cell in cells) > 1:
            yield Breakdown(line, by, tuple(sorted(cells, key=lambda cell: cell.key)))


def grids(breakdowns: Iterable[Breakdown], by: By) -> Iterator[BreakdownGrid]:
    """Join breakdowns with the same places or periods into grids, no wider than a page."""
    groups: dict[tuple[str, ...], list[Breakdown]] = {}
    for breakdown in breakdowns:
        if breakdown.by == by:
            groups.setdefault(tuple(cell.key for cell in breakdown.cells), []).append(breakdown)
    for group in groups.values():
        tables = -(-len(group) // _COLUMNS_ACROSS_A_PAGE)
        for table in range(tables):
            beside = group[len(group) * table // tables : len(group) * (table + 1) // tables]
            rows = (
                (cells[0].label, tuple(cell.value for cell in cells))
                for cells in zip(*(b.cells for b in beside), strict=True)
            )
            yield BreakdownGrid(by, tuple(b.line for b in beside), tuple(rows))


def worth_plotting(breakdowns: Iterable[Breakdown], most: int) -> list[Breakdown]:
    """Choose at most so many breakdowns of amounts and counts to plot.

    First of shapes and forms not chosen yet, then amounts before counts, then with the most source rows.
    """
    left = [b for b in breakdowns if b.line.kind in ("stock", "flow") and b.line.unit != "%" and _varies(b)]
    chosen: list[Breakdown] = []
    while left and len(chosen) < most:
        best = min(left, key=lambda b: (*_repeats(b, chosen), b.line.unit != "元", -b.line.source_rows))
        chosen.append(best)
        left = [b for b in left if (b.line.form, b.by) != (best.line.form, best.by)]
    return chosen


def _repeats(breakdown: Breakdown, chosen: Sequence[Breakdown]) -> tuple[int, int]:
    """Count the chosen breakdowns of the same shape (bars or columns), and those of the same form."""
    shapes = sum((other.by == "township") == (breakdown.by == "township") for other in chosen)
    forms = sum(other.line.form == breakdown.line.form for other in chosen)
    return shapes, forms


def _varies(breakdown: Breakdown) -> bool:
    return len({cell.value for cell in breakdown.cells if cell.value is not None}) > 1


def _cell(key: str, label: str, figure: BulletinFigure | None) -> BreakdownCell:
    if figure is None:
        return BreakdownCell(key, label, None, None)
    return BreakdownCell(key, label, figure.value, STATUSES[figure.status])
