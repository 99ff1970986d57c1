"""Rows of `dim_period` for models that are given their periods."""

from typing import Any

from sources.text.period import period_end, period_start


def period_rows(*periods: str) -> list[dict[str, Any]]:
    """Give each period with its first and last day."""
    return [
        {"period": period, "start_date": period_start(period), "end_date": period_end(period)}
        for period in periods
    ]
