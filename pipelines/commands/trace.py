"""`xiangcang trace`: from a published figure to its rows and cells."""

import argparse
from dataclasses import asdict

import polars as pl

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.terminal.answers import to_json
from sources.home.folders import Home
from sources.reading.cells import Unreadable
from warehouse.database.store import Store
from warehouse.figures.trace import Traced, trace


def run(arguments: argparse.Namespace) -> int:
    """Print the trace; refused where there is no such figure, or its rows do not give it."""
    from pipelines.tracing import with_stored_values

    root = home_root()
    try:
        traced = trace(Store(root), arguments.indicator, arguments.period, arguments.division)
        traced = with_stored_values(Home(root), traced)
    except Unreadable as error:
        raise Refused(f"归档中有一份文件现在读不出来（{error.rule}）；请把此数告知系统维护者") from error
    if arguments.json:
        print(to_json(_as_object(traced)))
    elif arguments.csv:
        print(_as_rows(traced).write_csv(), end="")
    else:
        from pipelines.terminal.trace import show_trace

        show_trace(traced)
    if not traced.adds_up:
        raise Refused("各行相加与公布的数不符；请把此数与版本号告知系统维护者")
    return 0


def _as_object(traced: Traced) -> dict[str, object]:
    terms = [
        {"term": t.term, "aggregate": t.aggregate, "value": t.amount, "rows": t.rows.to_dicts()}
        for t in traced.terms
    ]
    rest = {
        "adds_up": traced.adds_up,
        "terms": terms,
        "corrections": traced.corrections.to_dicts(),
        "decisions": traced.decisions.to_dicts(),
        "missing": traced.missing.to_dicts(),
        "doubts": traced.doubts.to_dicts(),
    }
    return {**asdict(traced.figure), **rest}


def _as_rows(traced: Traced) -> pl.DataFrame:
    return pl.concat(t.rows.select(pl.lit(t.term).alias("term"), pl.all()) for t in traced.terms)
