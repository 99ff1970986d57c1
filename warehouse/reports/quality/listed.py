"""Lists of the page: the first rows, the total and the query for all; and deliveries that rows name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

SHOWN = 50


@dataclass(frozen=True)
class DeliveryLine:
    """A delivery as stewards know it. file: folder and name. why: reason of a rejection, else empty.

    is_new: whether it came with the last load. has_wrong_totals: whether that is why it was rejected. receipt, copy: the
    reply and the marked copy, as addresses beside the page, or empty. answers: what its sender says, by sheet and row.
    resend: `awaited` of a rejected one that is still to be sent again, `uncertain` where only a person can tell.
    """

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
    resend: str | None = None
    why: str = ""
    is_new: bool = False
    has_wrong_totals: bool = False
    receipt: str = ""
    copy: str = ""
    answers: Mapping[tuple[str, int | None], str] = field(default_factory=dict)

    def answer_to(self, sheet: str, row: int | None) -> str:
        """Give what the sender says to a row of it, or about all of it; empty where nothing."""
        return self.answers.get((sheet, row)) or self.answers.get(("", None), "")


@dataclass(frozen=True)
class Listed:
    """A list on the page. rows: the first `SHOWN` of total. sql: the query for all on what is published."""

    rows: tuple[Any, ...]
    total: int
    sql: str

    @property
    def more(self) -> int:
        """Number of rows that are not shown."""
        return self.total - len(self.rows)


def listed(rows: Sequence[Any], sql: str, total: int | None = None) -> Listed:
    """Cut a list to the rows that the page shows. total: given where `rows` are not all of them."""
    return Listed(tuple(rows[:SHOWN]), len(rows) if total is None else total, sql)
