"""`xiangcang confirm` and `xiangcang withdraw`: a steward's decision on a delivery."""

import argparse
from datetime import datetime

from pipelines.state.instance import home_root
from pipelines.state.lock import COMMAND_WAIT_SECONDS, hold
from sources.county.references import read_references
from sources.holding.decide import decide
from sources.home.folders import Home
from sources.intake import SHANGHAI, answer_anew
from sources.reading.worker import Reader

_DONE = {"confirm": "已确认", "withdraw": "已撤回"}


def run(arguments: argparse.Namespace) -> int:
    """Keep the decision and answer the sender anew; refused where there is nothing to decide."""
    home, references, now = Home(home_root()), read_references(), datetime.now(SHANGHAI)
    with hold(home.root, None, wait_seconds=COMMAND_WAIT_SECONDS), Reader() as reader:
        receipt = decide(
            home,
            references,
            arguments.delivery,
            arguments.command,
            why=arguments.why,
            by=arguments.by,
            now=now,
        )
        answer_anew(home, references, reader, receipt, now)
    print(
        f"{_DONE[arguments.command]} {receipt.file.folder}/{receipt.file.name}（{receipt.form_title} {receipt.period}）；"
        "下次加载起生效，现在就要请执行 xiangcang load"
    )
    return 0
