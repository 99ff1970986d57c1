"""`xiangcang load`: receive, build, check and publish now; where nothing is new, say so."""

import argparse
import logging
from dataclasses import asdict
from datetime import datetime
from functools import partial

from pipelines.commands import Refused
from pipelines.quiet_night import Doubt, end_quietly
from pipelines.state.instance import home_root
from pipelines.state.load_record import LoadRecord
from pipelines.terminal.answers import to_json
from pipelines.terminal.headlines import read_headlines
from pipelines.terminal.load import show_load
from pipelines.terminal.next_steps import list_next_steps
from pipelines.terminal.progress import show_progress
from pipelines.terminal.rejected import group_rejected
from schemas.county.terms import read_county_terms
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import read_receipts
from warehouse.database.query import query
from warehouse.database.store import Store

_REBUILD = Doubt("各表全部重建")
_log = logging.getLogger("xiangcang")


def run(arguments: argparse.Namespace) -> int:
    """Load, show or print what came of it; refused where the load failed."""
    with show_progress():
        record = _load(arguments)
    home, store = Home(home_root()), Store(home_root())
    codes = read_county_terms(home.county).headlines if record.version else []
    figures = read_headlines(partial(query, store), codes) if codes else []
    if arguments.json:
        print(to_json({**record.model_dump(), "figures": [asdict(figure) for figure in figures]}))
    else:
        new = [receipt for receipt in read_receipts(home) if receipt.staged_at >= record.started_at]
        show_load(record, figures, store.current, group_rejected(home, new), list_next_steps(home, figures))
    if record.error:
        raise Refused(record.error, is_answered=True)
    return 0


def _load(arguments: argparse.Namespace) -> LoadRecord:
    """Load, unless nothing is new."""
    record = _REBUILD if arguments.rebuild else end_quietly(home_root(), datetime.now(SHANGHAI))
    if isinstance(record, LoadRecord):
        return record
    _log.info(f"需要加载：{record.reason}")
    from pipelines.load import load  # imports Dagster

    return load(home_root(), settle_seconds=arguments.settle, rebuild=arguments.rebuild)
