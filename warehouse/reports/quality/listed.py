"""The first rows of a list, how many there are, and where to find all; the deliveries that rows stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

SHOWN = 50


@dataclass(frozen=True)
class DeliveryLine:
    """One delivery as stewards know it. file: folder and name; why: of a rejected one, else the empty text."""

    delivery_id: str
    table: str
    form_title: str
    reporter_code: str
    reporter_name: str
    period: str
    file: str
    received_at: datetime
    outcome: str
    is_open: bool
    why: str = ""


@dataclass(frozen=True)
class Listed:
    """rows: the first `SHOWN` of total. sql: gives all of them on the published warehouse."""

    rows: tuple[Any, ...]
    total: int
    sql: str

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def listed(rows: Sequence[Any], sql: str, total: int | None = None) -> Listed:
    """total: where not all rows are given."""
    return Listed(tuple(rows[:SHOWN]), len(rows) if total is None else total, " ".join(sql.split()))
