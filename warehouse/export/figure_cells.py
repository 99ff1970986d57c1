"""Figures of households as cells, and the sums that they stand in: over divisions, periods, and indicators of the same rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from schemas.field import EXEMPT_LEVEL
from warehouse.export.small_cells import Cell, Sum
from warehouse.figures.term import FigureTerm

FIGURE_KEY = ("indicator_code", "period", "basis", "division_code")


class FigureCell(NamedTuple):
    """The key of a figure's term."""

    indicator_code: str
    term: str
    period: str
    basis: str
    division_code: str


def figure_cells(
    terms: Sequence[FigureTerm], figures: pl.DataFrame, households: pl.DataFrame
) -> dict[FigureCell, Cell]:
    """Give the cells of those terms. figures: rows of mart_figure; households: of how many each term of a figure is."""
    numbers = {
        FigureCell(*key): count for *key, count in households.select(*FigureCell._fields, "households").rows()
    }
    names = defaultdict(list)
    for term in terms:
        names[term.indicator.code].append(term.name)
    cells = {}
    for figure in figures.filter(pl.col("indicator_code").is_in(list(names))).iter_rows(named=True):
        for name in names[figure["indicator_code"]]:
            value: Decimal | None = figure[name]
            if value is not None:
                key = FigureCell(
                    figure["indicator_code"], name, figure["period"], figure["basis"], figure["division_code"]
                )
                cells[key] = Cell(value, numbers.get(key, 0), figure["division_level"] == EXEMPT_LEVEL)
    return cells


def figure_sums(
    terms: Sequence[FigureTerm], cells: Mapping[FigureCell, Cell], township_of: Mapping[str, str | None]
) -> Iterator[Sum[FigureCell]]:
    """Yield the sums that cells of figures stand in. township_of: by code of a division, that of its township."""
    yield from _over_divisions(cells, township_of)
    yield from _over_periods([t for t in terms if t.indicator.adds_up_over_time], cells)
    for whole in terms:
        for part in terms:
            if whole is not part and _is_part(part, whole):
                yield from _of_each(whole, part, cells)
            if _accumulates(part, whole):
                yield from _to_date(whole, part, cells)


def _over_divisions(
    cells: Mapping[FigureCell, Cell], township_of: Mapping[str, str | None]
) -> Iterator[Sum[FigureCell]]:
    """Townships and what lies in none make the county; villages and what lies in none make a township."""
    parts: dict[FigureCell, list[FigureCell]] = defaultdict(list)
    counties = {key[:4]: key for key, cell in cells.items() if cell.is_exempt}
    for key, cell in cells.items():
        township = township_of.get(key.division_code)
        if township is not None and township != key.division_code:
            parts[key._replace(division_code=township)].append(key)
        elif not cell.is_exempt and key[:4] in counties:
            parts[counties[key[:4]]].append(key)
    for total, of_total in parts.items():
        yield Sum(total, tuple(sorted(of_total)))


def _over_periods(terms: Sequence[FigureTerm], cells: Mapping[FigureCell, Cell]) -> Iterator[Sum[FigureCell]]:
    """Months make quarters, and quarters and months make years, of what adds up over time."""
    names = {(term.indicator.code, term.name) for term in terms}
    parts: dict[FigureCell, list[FigureCell]] = defaultdict(list)
    for key in cells:
        if (key.indicator_code, key.term) not in names or len(key.period) == 4:
            continue
        year, _, month = key.period.partition("-")
        if month.startswith("Q"):
            parts[key._replace(period=f"{year}/quarters")].append(key)
        else:
            parts[key._replace(period=f"{year}/months")].append(key)
            parts[key._replace(period=f"{year}-Q{(int(month) + 2) // 3}")].append(key)
    for total, of_total in parts.items():
        yield Sum(total._replace(period=total.period.partition("/")[0]), tuple(sorted(of_total)))


def _of_each(
    whole: FigureTerm, part: FigureTerm, cells: Mapping[FigureCell, Cell]
) -> Iterator[Sum[FigureCell]]:
    for key in cells:
        if (key.indicator_code, key.term) == (part.indicator.code, part.name):
            yield Sum(key._replace(indicator_code=whole.indicator.code, term=whole.name), (key,))


def _to_date(
    whole: FigureTerm, flow: FigureTerm, cells: Mapping[FigureCell, Cell]
) -> Iterator[Sum[FigureCell]]:
    """Yield what is reached at the end of each year as the sum of what the year before reached and what the year added."""
    for key in cells:
        if (key.indicator_code, key.term) == (whole.indicator.code, whole.name) and len(key.period) == 4:
            added = key._replace(indicator_code=flow.indicator.code, term=flow.name)
            yield Sum(key, (key._replace(period=str(int(key.period) - 1)), added))


def _is_part(part: FigureTerm, whole: FigureTerm) -> bool:
    """Whether a term counts the same rows as another, or some of them."""
    is_within = whole.term.where in ("true", part.term.where) or part.term.where.startswith(
        f"{whole.term.where} and "
    )
    return is_within and _measure(part) == _measure(whole) and part.term.over_time == whole.term.over_time


def _accumulates(flow: FigureTerm, whole: FigureTerm) -> bool:
    """Whether a term is what each period adds to another that runs to date."""
    runs = (flow.term.over_time, whole.term.over_time) == ("sum", "to_date")
    return runs and flow.term.where == whole.term.where and _measure(flow) == _measure(whole)


def _measure(term: FigureTerm) -> tuple[object, ...]:
    t = term.term
    return t.table, t.aggregate, t.column if t.aggregate != "count" else None, t.weight, t.dated_by
