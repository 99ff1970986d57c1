"""`xiangcang sql`: a query on the published warehouse, read-only."""

import argparse

import duckdb

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.terminal.answers import rows_json
from pipelines.terminal.load import show_rows
from warehouse.database.query import query
from warehouse.database.store import Store


def run(arguments: argparse.Namespace) -> int:
    """Print the rows; refused where nothing is published or the statement is wrong."""
    try:
        rows = query(Store(home_root()), arguments.query)
    except duckdb.Error as error:
        raise Refused(str(error)) from error
    if arguments.json:
        print(rows_json(rows))
    elif arguments.csv:
        print(rows.write_csv(), end="")
    else:
        show_rows(rows)
    return 0
