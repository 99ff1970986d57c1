"""`xiangcang rollback`: an earlier version is the published one again."""

import argparse
from datetime import datetime

from pipelines.commands import Refused
from pipelines.state.addresses import engine_address
from pipelines.state.instance import home_root
from pipelines.state.lock import COMMAND_WAIT_SECONDS, hold
from sources.home.clock import SHANGHAI
from warehouse.build.publish import rollback
from warehouse.database.engines import show_published
from warehouse.database.store import Store


def run(arguments: argparse.Namespace) -> int:
    """Go back; refused where the version is unknown or not kept."""
    try:
        with hold(home_root(), None, wait_seconds=COMMAND_WAIT_SECONDS):
            store = Store(home_root())
            manifest = rollback(store, arguments.version, now=datetime.now(SHANGHAI))
            show_published(engine_address(), store.current)
    except FileNotFoundError as error:
        raise Refused(f"{home_root()} 中还没有发布过数据") from error
    print(
        f"已退回版本 {manifest.version}（截止 {manifest.cut_off:%Y-%m-%d %H:%M}）；有新的报送之前不会重新发布"
    )
    return 0
