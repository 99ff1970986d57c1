"""`xiangcang versions`, `diff` and `rollback`: what was published, what differs, and an earlier version again."""

import argparse
from datetime import datetime

from pipelines.commands import Refused
from pipelines.state.addresses import engine_address
from pipelines.state.instance import home_root
from pipelines.state.lock import COMMAND_WAIT_SECONDS, hold
from pipelines.terminal.answers import rows_csv, rows_json
from pipelines.terminal.load import show_rows, show_versions
from schemas.check_result import count_outcomes
from sources.home.clock import SHANGHAI
from warehouse.build.publish import current, rollback, versions
from warehouse.checks.frames import read_severities
from warehouse.database.engines import show_published
from warehouse.database.store import Store
from warehouse.figures.history import difference


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; refused where a version is unknown or not kept."""
    store = Store(home_root())
    match arguments.command:
        case "versions":
            _show_versions(store)
        case "diff":
            _show_difference(store, arguments)
        case _:
            _roll_back(store, arguments.version)
    return 0


def _show_versions(store: Store) -> None:
    """Print the versions, newest first."""
    with_checks = [
        (manifest, count_outcomes(read_severities(store.record(manifest.version))))
        for manifest in versions(store)
    ]
    kept = {manifest.version for manifest, _ in with_checks if store.file(manifest.version).exists()}
    show_versions(with_checks, current(store), kept)


def _show_difference(store: Store, arguments: argparse.Namespace) -> None:
    """Print the figures that differ between two versions."""
    rows = difference(store, arguments.before, arguments.after)
    if arguments.json:
        print(*rows_json([rows]), sep="")
    elif arguments.csv:
        print(*rows_csv([rows], raw=arguments.raw), sep="", end="")
    elif rows.height:
        show_rows(rows)
    else:
        print("两个版本的指标数完全相同")


def _roll_back(store: Store, version: str) -> None:
    try:
        with hold(home_root(), None, wait_seconds=COMMAND_WAIT_SECONDS):
            manifest = rollback(store, version, now=datetime.now(SHANGHAI))
            show_published(engine_address(), store.current)
    except FileNotFoundError as error:
        raise Refused(f"{home_root()} 中还没有发布过数据") from error
    print(
        f"已退回版本 {manifest.version}（截止 {manifest.cut_off:%Y-%m-%d %H:%M}）；有新的报送之前不会重新发布"
    )
