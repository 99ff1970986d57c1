"""`xiangcang diff`: which figures differ between two published versions."""

import argparse

from pipelines.state.instance import home_root
from pipelines.terminal.answers import rows_json
from pipelines.terminal.load import show_rows
from warehouse.database.store import Store
from warehouse.figures.history import difference


def run(arguments: argparse.Namespace) -> int:
    """Print them; refused where a version is unknown."""
    rows = difference(Store(home_root()), arguments.before, arguments.after)
    if arguments.json:
        print(*rows_json([rows]), sep="")
    elif arguments.csv:
        print(rows.write_csv(), end="")
    elif rows.height:
        show_rows(rows)
    else:
        print("两个版本的指标数完全相同")
    return 0
