"""Time that passes only when it is looked at."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

START = datetime(2022, 4, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


class Clock:
    """A minute passes each time it is looked at."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at
