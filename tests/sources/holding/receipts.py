"""Receipts that are made up: what each says of form, reporter, period, outcome and arrival."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sources.home.receipts import FileFacts, Outcome, Receipt

FIRST_DAY = datetime(2022, 7, 1, tzinfo=UTC)


def receipt(
    name: str,
    *,
    day: int = 0,
    outcome: Outcome = "accepted",
    table: str = "pond",
    reporter: str = "gaoshan",
    period: str = "2022-Q2",
    **changes: Any,
) -> Receipt:
    """A receipt that arrived so many days after the first."""
    arrived = FIRST_DAY + timedelta(days=day)
    plain: dict[str, Any] = {
        "delivery_id": name, "arrival_id": name, "revision": 1, "deliveries_in_file": 1, "contract": f"{table}.rows",
        "table": table, "form_title": "鱼塘台账", "reporter_code": reporter, "period": period, "county_code": "140214",
        "received_at": arrived, "staged_at": arrived, "outcome": outcome, "synthetic": False,
        "file": FileFacts(name=f"{name}.xlsx", folder=reporter, sha256=name, size_bytes=0, format="xlsx"),
    }  # fmt: skip
    return Receipt(**(plain | changes))
