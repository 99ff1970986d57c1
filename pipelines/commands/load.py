"""`xiangcang load`: receive, build, check and publish now."""

import argparse
from functools import partial

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.terminal.answers import to_json
from pipelines.terminal.key_figures import key_figures
from pipelines.terminal.load import show_load, show_progress
from warehouse.database.query import query
from warehouse.database.store import Store


def run(arguments: argparse.Namespace) -> int:
    """Load, show or print what came of it; refused where the load failed."""
    show_progress()
    from pipelines.load import load  # reads the contracts

    record = load(home_root(), settle_seconds=arguments.settle, rebuild=arguments.rebuild)
    store = Store(home_root())
    figures = key_figures(partial(query, store)) if record.version else {}
    if arguments.json:
        print(to_json({**record.model_dump(), "figures": figures}))
    else:
        show_load(record, figures, store.current)
    if record.error:
        raise Refused(record.error)
    return 0
