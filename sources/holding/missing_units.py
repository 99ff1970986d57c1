"""Units that figures lack: villages, enterprises, notes that a form should have spoken of and did not.

Put here: the units of deliveries in force, and of deliveries that are due and did not come. What a steward confirmed
to have ended is not missing.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from schemas.field import polars_schema
from schemas.tables.coverage import SourceMissingUnit
from sources.county.expected import Expected
from sources.county.references import References
from sources.holding.frame import Frame, listed_places
from sources.holding.rows import DeliveredRows
from sources.holding.states import DeliveryStates
from sources.holding.surroundings import Surroundings
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.text.period import period_end

_LINEAGE = ("sheet_name", "sheet_block", "sheet_row")


def missing_unit_frame(
    home: Home, references: References, states: DeliveryStates, expected: Iterable[Expected]
) -> pl.DataFrame:
    """Lay out the units that are missing, one row each: of deliveries in force, and of those that did not come."""
    rows = DeliveredRows(home, references)
    units = [
        *(unit for receipt in states.counting for unit in _left_out(receipt, rows, references, states)),
        *(unit for delivery in expected for unit in _not_sent(delivery, references, states)),
    ]
    return pl.DataFrame(units, schema=polars_schema(SourceMissingUnit))


def _left_out(
    receipt: Receipt, rows: DeliveredRows, references: References, states: DeliveryStates
) -> Iterator[dict[str, Any]]:
    """List what a delivery in force lacks of its frame. A row of an earlier delivery tells where such a unit lies."""
    contract = references.contracts.get(receipt.contract)
    is_confirmed = receipt.delivery_id in states.decided
    if contract is None or is_confirmed or not states.judgements[receipt.delivery_id].lacking_rows:
        return
    frame = Frame(rows, references, Surroundings(receipt, contract, states, references.catalogue))
    lacking, source = frame.lacking(), frame.comes_from
    assert lacking is not None
    unit = _unit(receipt.table, receipt.reporter_code, receipt.period) | {"delivery_id": receipt.delivery_id}
    if source is None:
        yield from (unit | {"unit": code, "division_code": code} for (code,) in lacking.keys.iter_rows())
        return
    key = lacking.keys.columns
    with_places = rows.accepted(source, [*key, *_LINEAGE]).unique(key, keep="first", maintain_order=True)
    for row in lacking.keys.join(with_places, on=key, maintain_order="left").iter_rows(named=True):
        name = "/".join(str(row[field]) for field in key)
        yield (
            unit
            | {"unit": name, "unit_name": None if rows.is_personal(receipt.table) else name}
            | {"from_delivery_id": source.delivery_id}
            | {f"from_{field}": row[field] for field in _LINEAGE}
        )


def _not_sent(delivery: Expected, references: References, states: DeliveryStates) -> Iterator[dict[str, Any]]:
    """List the places of a delivery that is due and did not come, where its frame is the list."""
    key = delivery.table, delivery.reporter_code, delivery.period
    if not delivery.is_due or key in states.in_force:
        return
    reporter = next(r for r in references.reporters if r.code == delivery.reporter_code)
    contract = next(
        c
        for c in references.contracts.values()
        if c.table == delivery.table and c.expects(reporter.kind, reporter.code)
    )
    if contract.frame.startswith("list:"):
        for code in listed_places(references, contract, delivery.reporter_code, delivery.period):
            yield _unit(*key) | {"unit": code, "division_code": code}


def _unit(table: str, reporter_code: str, period: str) -> dict[str, Any]:
    return {
        "staged_table": table,
        "reporter_code": reporter_code,
        "period": period,
        "period_end_date": period_end(period),
    }
