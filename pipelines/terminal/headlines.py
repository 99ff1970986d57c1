"""The headline figures of a county, as a load shows them at its end: its `county.toml` names them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl

from warehouse.figures.status import STATUSES

_LATEST = Path(__file__).with_name("latest_figures.sql").read_text("utf-8")


@dataclass(frozen=True)
class Headline:
    """A figure of the county's latest year. value: in the unit; None where nothing is known."""

    indicator_code: str
    name: str
    period: str
    value: Decimal | None
    unit: str
    status: str

    @property
    def text(self) -> str:
        """The value with its unit, and its status where that is not final."""
        value = "无数据" if self.value is None else _write(self.value, self.unit)
        return value if self.status == "final" else f"{value}（{STATUSES[self.status]}）"


def read_headlines(query: Callable[[str], pl.DataFrame], codes: Sequence[str]) -> list[Headline]:
    """Read the headline figures, in their order; those without any figure are left out.

    query: answers SQL from the published warehouse.
    """
    latest = {
        row[0]: Headline(row[0], row[1], row[3], row[4], row[2], row[5]) for row in query(_LATEST).rows()
    }
    return [latest[code] for code in codes if code in latest]


def _write(value: Decimal, unit: str) -> str:
    if unit != "元":
        digits = 0 if value == value.to_integral_value() else 2
        return f"{value:,.{digits}f} {unit}"
    if abs(value) >= 10**8:
        return f"{value / 10**8:,.2f} 亿元"
    return f"{value / 10**4:,.2f} 万元"
