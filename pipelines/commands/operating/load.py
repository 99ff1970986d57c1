"""`xiangcang load`: receive, build, check and publish now; where nothing is new, say so."""

import argparse
import logging
from dataclasses import asdict
from datetime import datetime
from functools import partial

from pipelines.commands import Refused
from pipelines.quiet_night import Doubt, end_quietly
from pipelines.state.instance import home_root
from pipelines.terminal.answers import to_json
from pipelines.terminal.headlines import read_headlines
from pipelines.terminal.load import show_load, show_progress
from schemas.county.terms import read_county_terms
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
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
    headlines = read_county_terms(Home(home_root()).county).headlines if record.version else []
    figures = read_headlines(partial(query, store), headlines) if headlines else []
    if arguments.json:
        print(to_json({**record.model_dump(), "figures": [asdict(figure) for figure in figures]}))
    else:
        show_load(record, figures, store.current)
    if record.error:
        raise Refused(record.error, is_answered=True)
    return 0
