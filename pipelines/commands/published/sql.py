"""`xiangcang sql`: a query on the published warehouse, read-only."""

import argparse

import duckdb

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.terminal.answers import print_pieces, rows_csv, rows_json
from pipelines.terminal.load import show_rows
from warehouse.database.near_names import missing_name
from warehouse.database.query import first_rows, stream
from warehouse.database.store import Store

SHOWN_ROWS = 1_000
"""Of an answer in the terminal; more are read by programs."""


def run(arguments: argparse.Namespace) -> int:
    """Print the rows; refused where nothing is published or the statement is wrong."""
    store = Store(home_root())
    try:
        if arguments.json:
            print_pieces(rows_json(stream(store, arguments.query)))
            print()
        elif arguments.csv:
            print_pieces(rows_csv(stream(store, arguments.query), raw=arguments.raw))
        else:
            rows, row_count = first_rows(store, arguments.query, SHOWN_ROWS)
            show_rows(rows)
            if row_count > rows.height:
                print(f"以上为前 {rows.height:,} 行，共 {row_count:,} 行；--csv 或 --json 给出全部")
    except duckdb.Error as error:
        raise Refused(missing_name(store.current, arguments.query, error) or str(error)) from error
    return 0
