"""`xiangcang`: the command line. Exit codes: 0 done, 1 failed or blocked, 2 usage, 3 another load is running.

Each command imports what it needs when it runs: a query does not wait for Dagster to be imported.
"""

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines.instance import home_root
from pipelines.lock import Locked


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.command(arguments)
    except Locked as error:
        return _refuse(error, 3)
    except (RuntimeError, ValueError, OSError) as error:
        return _refuse(error, 1)
    return code
