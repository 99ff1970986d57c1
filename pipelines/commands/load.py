"""`xiangcang load`: receive, build, check and publish now; where nothing is new, say so."""

import argparse
import logging
from datetime import datetime
from functools import partial

from pipelines.commands import Refused
from pipelines.quiet_night import Doubt, end_quietly
from pipelines.state.instance import home_root
from pipelines.terminal.answers import to_json
from pipelines.terminal.key_figures import key_figures
from pipelines.terminal.load import show_load, show_progress
from sources.home.clock import SHANGHAI
from warehouse.database.query import query
from warehouse.database.store import Store

_REBUILD = Doubt("各表全部重建")
_log = logging.getLogger("xiangcang")


def run(arguments: argparse.Namespace) -> int:
    """Load, show or print what came of it; refused where the load failed."""
    show_progress()
    record = _REBUILD if arguments.rebuild else end_quietly(home_root(), datetime.now(SHANGHAI))
    if isinstance(record, Doubt):
        _log.info(f"需要加载：{record.reason}")
        from pipelines.load import load  # imports Dagster

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
