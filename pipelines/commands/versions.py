"""`xiangcang versions`: what was published."""

import argparse

from pipelines.state.instance import home_root
from pipelines.terminal.load import show_versions
from warehouse.build.publish import current, versions
from warehouse.database.store import Store


def run(_arguments: argparse.Namespace) -> int:
    """Print the versions, newest first."""
    store = Store(home_root())
    show_versions(versions(store), current(store))
    return 0
