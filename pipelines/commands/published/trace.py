"""`xiangcang trace`: from a published figure to its rows and cells."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict

import polars as pl

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.terminal.answers import print_pieces, rows_csv, rows_json, to_json
from pipelines.tracing import StoredValues
from sources.home.folders import Home
from sources.reading.cells import Unreadable
from warehouse.database.query import OpenVersion, open_published
from warehouse.database.store import Store
from warehouse.figures.trace import (
    DETAILS,
    MEMORY,
    Traced,
    first_details,
    trace,
    traced_details,
    traced_rows,
)


def run(arguments: argparse.Namespace) -> int:
    """Print the trace; refused where there is no such figure, or its rows do not give it."""
    root = home_root()
    with (
        open_published(Store(root), memory_limit=MEMORY) as published,
        StoredValues(Home(root)) as stored,
    ):
        traced = trace(published, arguments.indicator, arguments.period, arguments.division)
        try:
            if arguments.json:
                stored.verify(traced.files)
                print_pieces(_json(published, traced, stored))
                print()
            elif arguments.csv:
                stored.verify(traced.files)
                print_pieces(rows_csv(_all_rows(published, traced, stored), raw=arguments.raw))
            else:
                _show(published, traced, stored, arguments.rows)
        except Unreadable as error:
            raise Refused(f"归档中有一份文件现在读不出来（{error.rule}）；请把此数告知系统维护者") from error
    if not traced.adds_up:
        raise Refused("各行相加与公布的数不符；请把此数与版本号告知系统维护者", is_answered=arguments.json)
    return 0


def _show(published: OpenVersion, traced: Traced, stored: StoredValues, row_limit: int) -> None:
    from pipelines.terminal.trace import show_trace

    first_rows = {
        t.term: pl.concat(map(stored.add_to, traced_rows(published, traced.figure, t.term, row_limit)))
        for t in traced.terms
    }
    details = {name: first_details(published, traced, name, row_limit) for name in DETAILS}
    show_trace(traced, first_rows, details)


def _json(published: OpenVersion, traced: Traced, stored: StoredValues) -> Iterator[str]:
    """Yield the pieces of one object: the figure, its terms with all their rows, and what else is known of them."""
    yield _opened({**asdict(traced.figure), "adds_up": traced.adds_up}) + '"terms": ['
    for position, t in enumerate(traced.terms):
        yield ", " if position else ""
        yield _opened({"term": t.term, "aggregate": t.aggregate, "value": t.amount}) + '"rows": '
        yield from rows_json(map(stored.add_to, traced_rows(published, traced.figure, t.term)))
        yield "}"
    yield "]"
    for details in DETAILS:
        yield f', "{details}": '
        yield from rows_json(traced_details(published, traced, details))
    yield "}"


def _opened(fields: dict[str, object]) -> str:
    """Write an object that goes on."""
    return to_json(fields).removesuffix("}") + ", "


def _all_rows(published: OpenVersion, traced: Traced, stored: StoredValues) -> Iterator[pl.DataFrame]:
    for t in traced.terms:
        for rows in traced_rows(published, traced.figure, t.term):
            yield stored.add_to(rows).select(pl.lit(t.term).alias("term"), pl.all())
