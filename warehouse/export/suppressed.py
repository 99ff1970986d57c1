"""Marts as they leave the home: without numbers of too few households, and without what would give these back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import polars as pl

from schemas.field import EXEMPT_LEVEL, columns
from warehouse.export.figure_cells import FIGURE_KEY, FigureCell, figure_cells, figure_sums
from warehouse.export.mart_rows import HouseholdRow, Mart, RowCell, household_rows, of_households, row_sums
from warehouse.export.small_cells import Cell, Sum, is_small, suppress_with
from warehouse.figures.term import FigureTerm

FIGURES, SERIES = "mart_figure", "mart_figure_series"
SUPPRESSION = "suppression"
"""The column of an exported mart that says why the numbers of a row are left out."""

PRIMARY, SECONDARY = "primary", "secondary"

_Key = FigureCell | RowCell
_Reasons = Mapping[tuple[str, ...], str]


@dataclass(frozen=True)
class PublishedMarts:
    """What is published of a version, and what of it is of households.

    marts: rows by table, each of its model. terms: those of households, and households: of how many each is, by figure.
    township_of: by code of a division, that of the township that it lies in.
    """

    marts: Mapping[str, pl.DataFrame]
    models: Mapping[str, Mart]
    terms: Sequence[FigureTerm]
    households: pl.DataFrame
    township_of: Mapping[str, str | None]


def suppressed_marts(published: PublishedMarts) -> dict[str, pl.DataFrame]:
    """Return the marts without small cells; those with numbers of households say in a last column why some are missing."""
    reasons = _reasons(published)
    indicators = {term.indicator.code for term in published.terms}
    suppressed = {}
    for name, rows in published.marts.items():
        model = published.models[name]
        kept = rows.drop(column.name for column in columns(model) if column.withheld)
        if name == FIGURES:
            kept = _suppress_figures(kept, model, reasons)
        elif name == SERIES:
            kept = _suppress_series(kept, model, _divided(indicators, reasons))
        elif of_households(model):
            kept = _suppress_rows(kept, name, model, reasons)
        suppressed[name] = kept
    return suppressed


def _reasons(published: PublishedMarts) -> dict[tuple[str, ...], str]:
    """Say why, by the key of each suppressed figure, and of each row of another mart behind the mart's name."""
    figures = figure_cells(published.terms, published.marts[FIGURES], published.households)
    latest_year: dict[str, str] = {}
    for key in figures:
        if len(key.period) == 4:
            latest_year[key.indicator_code] = max(key.period, latest_year.get(key.indicator_code, ""))
    rows: list[HouseholdRow] = []
    for name, model in published.models.items():
        rows += household_rows(name, model, published.marts[name], latest_year)
    cells: dict[_Key, Cell] = dict(figures.items())
    small: set[_Key] = {k for k, cell in figures.items() if is_small(cell.households) and not cell.is_exempt}
    for row in rows:
        cells.update(row.cells.items())
        small |= set(row.cells) if row.is_small else set()
    together = defaultdict(list)
    for cell_key in cells:
        together[_owner(cell_key)].append(cell_key)
    sums: list[Sum[_Key]] = [*figure_sums(published.terms, figures, published.township_of), *row_sums(rows)]
    secondary = suppress_with(cells, sums, small, together.values())
    return {_owner(key): SECONDARY for key in secondary} | {_owner(key): PRIMARY for key in small}


def _owner(key: _Key) -> tuple[str, ...]:
    """Give the key of the figure or row that a cell belongs to."""
    if isinstance(key, FigureCell):
        return key.indicator_code, key.period, key.basis, key.division_code
    return key.mart, *key.key


def _suppress_figures(figures: pl.DataFrame, model: Mart, reasons: _Reasons) -> pl.DataFrame:
    """Leave out what suppressed figures say, and of other figures what compares them with suppressed ones."""
    year_before = pl.col("period").str.slice(0, 4).cast(pl.Int32) - 1
    keys = figures.with_columns(period=year_before.cast(pl.String) + pl.col("period").str.slice(4))
    compared = ["previous_value", "change_value", "change_pct", "change_pct_same_units", "change_status"]
    marked = figures.with_columns(
        _reason(figures.select(FIGURE_KEY).iter_rows(), reasons).alias(SUPPRESSION),
        _reason(keys.select(FIGURE_KEY).iter_rows(), reasons).alias("before"),
    )
    marked = _blank(marked, compared, pl.col("before").is_not_null())
    columns_of_value = [*_numbers(model), "status_reasons", "change_status"]
    return _blank(marked, columns_of_value, pl.col(SUPPRESSION).is_not_null()).drop("before")


def _suppress_series(series: pl.DataFrame, model: Mart, indicators: Set[str]) -> pl.DataFrame:
    """Leave out below the county what is added up over time or divided of indicators with suppressed figures.

    Each is a sum of months of which some are suppressed, or would give one back beside its neighbours.
    """
    below = pl.col("division_level") != EXEMPT_LEVEL
    marked = series.with_columns(
        pl.when(pl.col("indicator_code").is_in(sorted(indicators)) & below)
        .then(pl.lit(SECONDARY))
        .alias(SUPPRESSION)
    )
    return _blank(marked, _numbers(model), pl.col(SUPPRESSION).is_not_null())


def _divided(indicators: Set[str], reasons: _Reasons) -> set[str]:
    """Name the indicators of households of which any figure is suppressed."""
    return {key[0] for key in reasons} & indicators


def _suppress_rows(rows: pl.DataFrame, name: str, model: Mart, reasons: _Reasons) -> pl.DataFrame:
    keys = [column.name for column in columns(model) if column.key]
    texts = rows.select(pl.col(key).cast(pl.String) for key in keys)
    marked = rows.with_columns(
        _reason(((name, *key) for key in texts.iter_rows()), reasons).alias(SUPPRESSION)
    )
    return _blank(marked, [column.name for column in of_households(model)], pl.col(SUPPRESSION).is_not_null())


def _reason(keys: Iterable[tuple[str, ...]], reasons: _Reasons) -> pl.Series:
    return pl.Series([reasons.get(key) for key in keys], dtype=pl.String)


def _blank(rows: pl.DataFrame, names: Iterable[str], where: pl.Expr) -> pl.DataFrame:
    return rows.with_columns(pl.when(~where).then(pl.col(name)).alias(name) for name in names)


def _numbers(model: Mart) -> list[str]:
    return [column.name for column in columns(model) if column.dtype.is_numeric() and not column.key]
