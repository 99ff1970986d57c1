"""`xiangcang overdue`: whether a load has ended well lately, for a timer where no daemon runs."""

import argparse
from datetime import datetime

from pipelines.alerts.silence import tell_silence
from pipelines.commands import Refused
from pipelines.state.instance import home_root
from sources.intake import SHANGHAI


def run(arguments: argparse.Namespace) -> int:
    """0 where one has; refused, and told once where alerts go, where none has."""
    silence = tell_silence(home_root(), datetime.now(SHANGHAI))
    if silence:
        last = f"上一次在 {silence.last_good:%Y-%m-%d %H:%M}" if silence.last_good else "从未有过"
        raise Refused(f"很久没有成功的加载，{last}")
    return 0
