"""`xiangcang overdue`: whether a load has ended well lately, for a timer where no daemon runs."""

import argparse
from datetime import datetime

from pipelines.alerts.silence import alert_overdue
from pipelines.commands import Refused
from pipelines.state.instance import home_root
from sources.home.clock import SHANGHAI


def run(_arguments: argparse.Namespace) -> int:
    """Return 0 where one has; where none has, send one alert and refuse."""
    silence = alert_overdue(home_root(), datetime.now(SHANGHAI))
    if silence:
        last = f"上一次在 {silence.last_good:%Y-%m-%d %H:%M}" if silence.last_good else "从未有过"
        raise Refused(f"很久没有成功的加载，{last}")
    return 0
