"""The time zone in which arrivals, cut-offs and loads are dated."""

from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
