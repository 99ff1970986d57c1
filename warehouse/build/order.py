"""The models: the SELECT of each built table, what it reads, and the order in which they are built."""

from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from schemas.indicator import Indicator
from schemas.indicators import INDICATORS
from warehouse.checks.watched_values import watch_setting, watched_slips, watched_values
from warehouse.database.macros import Macro, expand
from warehouse.database.templates import render
from warehouse.figures.terms import FigureTerms

MODELS = Path(__file__).parents[1] / "models"


RECORDS = ("dq_check_result", "dq_finding", "dq_quality_score")
"""The tables that record what the checks of the others found."""

GENERATED: dict[str, Macro] = {
    macro.__name__: macro for macro in (watched_values, watched_slips, watch_setting)
}
"""What models take from the watched numbers, written as SQL."""


@cache
def model_sql(name: str) -> str:
    """Return the SELECT of a built table, rendered and its macros expanded."""
    return expand(model_text(name), GENERATED)


def model_text(name: str, indicators: Iterable[Indicator] = INDICATORS.values()) -> str:
    """Return the SELECT of a built table before its macros are expanded. indicators: those that its figures are of."""
    path = model_file(name)
    if path.suffix == ".sql":
        return path.read_text("utf-8")
    return render(path, figures=FigureTerms(tuple(indicators)))


def model_file(name: str) -> Path:
    """Return the file of a built table's SELECT, in the folder of its layer."""
    return model_files()[name]


@cache
def model_files() -> dict[str, Path]:
    """Map the tables to the files of their models, `.sql`, or `.sql.j2` where the SELECT loops."""
    paths = [*MODELS.glob("*/*.sql"), *MODELS.glob("*/*.sql.j2")]
    return {path.name.partition(".")[0]: path for path in sorted(paths)}


@cache
def dependencies() -> dict[str, set[str]]:
    """Map each built table to the tables and sources that its SELECT reads."""
    with duckdb.connect() as parser:
        return {name: parser.get_table_names(model_sql(name)) for name in model_files()}


@cache
def model_names() -> list[str]:
    """List the built tables, each after those that it reads; last those that record the checks."""
    reads = dependencies()
    order = TopologicalSorter({name: sorted(reads[name] & reads.keys()) for name in reads}).static_order()
    return sorted(order, key=lambda name: RECORDS.index(name) if name in RECORDS else -1)
