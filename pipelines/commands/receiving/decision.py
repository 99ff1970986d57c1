"""A steward's decisions: `confirm`, `withdraw`, `accept-totals`; `settle`, `reopen` of periods; `confirm-finding`."""

import argparse
from datetime import datetime
from typing import Any

from pipelines.state.doubted_values import assert_doubted
from pipelines.state.instance import home_root
from pipelines.state.lock import COMMAND_WAIT_SECONDS, hold
from sources.county.references import References, read_references
from sources.holding.decide import accept_totals, clear_finding, decide, settle
from sources.holding.decisions import Verdict
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.intake import answer_anew
from sources.reading.worker import Reader
from warehouse.database.store import Store

_DONE = {"confirm": "已确认", "withdraw": "已撤回", "settle": "已定稿", "reopen": "已重开"}
_NEXT = "下次加载起生效，现在就要请执行 xiangcang load"


def run(arguments: argparse.Namespace) -> int:
    """Keep the decision; refused where there is nothing to decide."""
    home, now = Home(home_root()), datetime.now(SHANGHAI)
    references = read_references(home.county)  # a home without a county is none to decide in
    reasons = {"why": arguments.why, "by": arguments.by, "now": now}
    with hold(home.root, None, wait_seconds=COMMAND_WAIT_SECONDS):
        match arguments.command:
            case "settle" | "reopen" as verdict:
                settle(home, arguments.period, verdict, **reasons)
                done = f"{_DONE[verdict]} {arguments.period}"
            case "confirm-finding":
                of = (arguments.check, arguments.row_key, arguments.field, arguments.value)
                assert_doubted(Store(home.root), *of)
                clear_finding(home, *of, **reasons)
                done = f"已核实 {arguments.row_key} 的 {arguments.field}"
            case "accept-totals":
                receipt = accept_totals(home, arguments.delivery, **reasons)
                done = f"已准予合计不符 {receipt.file.folder}/{receipt.file.name}"
            case _:
                done = _decide(home, references, arguments.delivery, arguments.command, reasons)
    print(f"{done}；{_NEXT}")
    return 0


def _decide(
    home: Home, references: References, delivery: str, verdict: Verdict, reasons: dict[str, Any]
) -> str:
    """Keep a decision on a delivery and answer its sender anew."""
    receipt = decide(home, references, delivery, verdict, **reasons)
    with Reader() as reader:
        answer_anew(home, references, reader, receipt, reasons["now"])
    return (
        f"{_DONE[verdict]} {receipt.file.folder}/{receipt.file.name}（{receipt.form_title} {receipt.period}）"
    )
