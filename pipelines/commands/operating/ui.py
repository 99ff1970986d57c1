"""`xiangcang ui`: the Dagster UI and daemon."""

import argparse

from pipelines.state.instance import home_root
from pipelines.ui import serve


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    return serve(
        home_root(), port=arguments.port, is_operator=arguments.operator, has_daemon=not arguments.no_daemon
    )
