"""`xiangcang versions`: what was published."""

import argparse

from pipelines.state.instance import home_root
from pipelines.terminal.load import show_versions
from schemas.check_result import count_outcomes
from warehouse.build.publish import current, versions
from warehouse.checks.frames import read_severities
from warehouse.database.store import Store


def run(_arguments: argparse.Namespace) -> int:
    """Print the versions, newest first."""
    store = Store(home_root())
    with_checks = [
        (manifest, count_outcomes(read_severities(store.record(manifest.version))))
        for manifest in versions(store)
    ]
    show_versions(with_checks, current(store))
    return 0
