"""Models: the SELECT of each built table, the relations that it reads, and the order of the build."""

import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from schemas.catalogue import Catalogue
from schemas.fact import ORG, REPORTER, REPORTING_TOWNSHIP
from schemas.field import columns
from warehouse.checks.table_checks import doubting
from warehouse.checks.watched_values import watched_columns, watched_slips
from warehouse.database.macros import county_macros, expand
from warehouse.database.templates import render
from warehouse.figures.terms import FigureTerms

MODELS = Path(__file__).parents[1] / "models"


RECORDS = ("dq_check_result", "dq_finding", "dq_quality_score", "dq_build_step")
"""Tables of the results of checks and of the build itself, in the order of their build, after every other table."""


_NO_NAME, _WORD = re.compile(r"--.*|'[^']*'"), re.compile(r"\w+")

DERIVED_FACT = MODELS / "derived_fact.sql.j2"
"""The SELECT of facts that are the rows of their form, placed and dated."""

_PLACES = {ORG: "o.place_code", REPORTER: "r.division_code", REPORTING_TOWNSHIP: "r.division_code"}


@cache
def model_sql(catalogue: Catalogue, name: str) -> str:
    """Return the SELECT of a built table, rendered and its macros expanded."""
    return expand(model_text(catalogue, name), county_macros(catalogue.county))


def model_text(catalogue: Catalogue, name: str) -> str:
    """Return the SELECT of a built table before its macros are expanded."""
    path = model_file(catalogue, name)
    if name in catalogue.facts:
        fact = catalogue.facts[name]
        return render(path, fact=fact, places=[_PLACES.get(place, f"f.{place}") for place in fact.place])
    if path.suffix == ".j2":
        return render(
            path,
            figures=FigureTerms(catalogue),
            watched_columns=watched_columns(catalogue),
            watched_slips=watched_slips(catalogue),
            settings=catalogue.watch_settings,
            doubting=doubting(catalogue),
            doubted_tables=_doubted_tables(catalogue),
        )
    return path.read_text("utf-8")


def _doubted_tables(catalogue: Catalogue) -> list[tuple[str, list[str], list[str]]]:
    """List the tables of checks that doubt, each with its key and its columns."""
    tables = {check.table: columns(catalogue.built[check.table]) for check in doubting(catalogue)}
    return [
        (table, [c.name for c in of_table if c.key], [c.name for c in of_table])
        for table, of_table in tables.items()
    ]


def model_file(catalogue: Catalogue, name: str) -> Path:
    """Return the file of a built table's SELECT, in the folder of its layer; of derived facts, the one of all."""
    return DERIVED_FACT if name in catalogue.facts else model_files()[name]


@cache
def model_files() -> dict[str, Path]:
    """Map the tables to the files of their models, `.sql`, or `.sql.j2` where the SELECT loops."""
    paths = [*MODELS.glob("*/*.sql"), *MODELS.glob("*/*.sql.j2")]
    return {path.name.partition(".")[0]: path for path in sorted(paths)}


def layer_of(catalogue: Catalogue, name: str) -> str:
    """Name the layer of a built table: dim, fact, mart or dq."""
    return "fact" if name in catalogue.facts else model_files()[name].parent.name


@cache
def dependencies(catalogue: Catalogue) -> dict[str, set[str]]:
    """Map each built table to the tables and sources that its SELECT reads."""
    names = sorted({*model_files(), *catalogue.facts})
    return {name: relations_in(catalogue, model_sql(catalogue, name)) for name in names}


def relations_in(catalogue: Catalogue, sql: str) -> set[str]:
    """Name the relations that a SELECT reads: a relation's name stands for nothing else in it."""
    return set(_WORD.findall(_NO_NAME.sub("", sql))) & _known_relations(catalogue)


@cache
def _known_relations(catalogue: Catalogue) -> frozenset[str]:
    staged = (f"staged_{name}" for name in catalogue.staged)
    return frozenset({*model_files(), *catalogue.facts, *catalogue.source, *catalogue.recorded, *staged})


@cache
def model_names(catalogue: Catalogue) -> list[str]:
    """List the built tables, each after those that it reads; last those that record the checks."""
    reads = dependencies(catalogue)
    order = TopologicalSorter({name: sorted(reads[name] & reads.keys()) for name in reads}).static_order()
    return sorted(order, key=lambda name: RECORDS.index(name) if name in RECORDS else -1)
