"""`xiangcang load`: receive, build, check and publish now."""

import argparse
from dataclasses import asdict

from pipelines.answers import to_json
from pipelines.commands import Refused
from pipelines.instance import home_root
from pipelines.terminal import show_outcome, show_progress
from schemas.validate import ValidationDisarmed
from sources.aliases import AliasError
from sources.contract import ContractError
from warehouse.store import Store


def run(arguments: argparse.Namespace) -> int:
    """Load, show or print what came of it; refused where the load failed."""
    show_progress()
    try:
        from pipelines.load import load  # reads the contracts

        outcome = load(home_root(), settle_seconds=arguments.settle)
    except (AliasError, ContractError, ValidationDisarmed) as error:
        raise Refused(str(error)) from error
    if arguments.json:
        print(to_json(asdict(outcome)))
    else:
        show_outcome(outcome, Store(home_root()).current)
    if outcome.error:
        raise Refused(outcome.error)
    return 0
