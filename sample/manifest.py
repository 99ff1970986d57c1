"""The manifest of a sample: the expected outcome of each delivery, and the expected figures."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sample.district.sent import Record, SentDelivery, SentFile
from sample.district.times import is_late
from sample.files.grid import PrintedPlace
from sample.files.layouts import contract

PATH = "expected/manifest.json"


@dataclass(frozen=True)
class ExpectedRow:
    """A row that breaks a rule: 1-based in its sheet or text, and the cell that the clerk is shown."""

    sheet: str
    row: int
    cell: str
    field: str
    rule: str


@dataclass
class ExpectedDelivery:
    """The expected outcome of one delivery.

    file: relative to the home. contract, period: those that the sender meant, also where the file cannot
    be read. delivery_rule: the rule that rejects all of it, None otherwise. rows: as sent; rows_accepted: 0
    unless accepted. flagged_rows: of an accepted delivery. fault: the kind of dirt, None for a clean file.
    """

    file: str
    reporter: str
    contract: str
    table: str
    period: str
    arrival: str
    outcome: Literal["accepted", "rejected", "duplicate"]
    rows: int
    rows_accepted: int
    delivery_rule: str | None = None
    rejected_rows: list[ExpectedRow] = field(default_factory=list)
    flagged_rows: list[ExpectedRow] = field(default_factory=list)
    is_in_force: bool = False
    is_late: bool = False
    fault: str | None = None
    note: str = ""


@dataclass
class SampleManifest:
    """Everything that is expected of a sample.

    missing: the deliveries that are due and never sent. corrections: those of the home, all of which apply.
    """

    label: str
    seed: int
    scale: float
    targets: dict[str, str]
    deliveries: list[ExpectedDelivery]
    missing: list[dict[str, str]]
    figures: dict[str, Any]
    personal: dict[str, list[str]]
    corrections: list[dict[str, str]] = field(default_factory=list)

    @property
    def dirty_share(self) -> float:
        """The share of files that are dirty; late, repeated and revised ones are not, for that alone."""
        dirty = {delivery.file: delivery.fault is not None for delivery in self.deliveries}
        return sum(dirty.values()) / len(dirty)

    def write(self, home: Path) -> None:
        """Write the manifest, as JSON, below the home."""
        path = home / PATH
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_manifest(home: Path) -> SampleManifest:
    """Read the manifest of a sample home. Raise FileNotFoundError where there is none."""
    payload = json.loads((home / PATH).read_text("utf-8"))
    for delivery in payload["deliveries"]:
        for rows in ("rejected_rows", "flagged_rows"):
            delivery[rows] = [ExpectedRow(**row) for row in delivery[rows]]
    payload["deliveries"] = [ExpectedDelivery(**delivery) for delivery in payload["deliveries"]]
    return SampleManifest(**payload)


def expect_outcome(
    file: SentFile, delivery: SentDelivery, places: Sequence[PrintedPlace], is_duplicate: bool
) -> ExpectedDelivery:
    """State the expected outcome of a delivery. is_duplicate: the same bytes are in force already."""
    delivery_contract = contract(delivery.contract)
    is_rejected = delivery.rule is not None or (
        delivery_contract.accept == "whole" and bool(delivery.reasons)
    )
    is_accepted = not is_rejected and not is_duplicate
    bad = {reason.record for reason in delivery.reasons}
    return ExpectedDelivery(
        file=file.path,
        reporter=delivery.reporter.code,
        contract=delivery.contract,
        table=delivery.table,
        period=delivery.period,
        arrival=_format_moment(file.arrival),
        outcome="rejected" if is_rejected else "duplicate" if is_duplicate else "accepted",
        rows=len(delivery.records),
        rows_accepted=len(delivery.records) - len(bad) if is_accepted else 0,
        delivery_rule=delivery.rule,
        rejected_rows=[_expect_row(places[r.record], r.field, r.rule) for r in delivery.reasons],
        flagged_rows=_expect_flagged_rows(delivery, places, bad) if is_accepted else [],
        is_late=is_late(file.arrival, delivery.period, delivery_contract.due_days),
        fault=file.fault,
        note=file.note,
    )


def _expect_row(place: PrintedPlace, field_name: str, rule: str) -> ExpectedRow:
    return ExpectedRow(place.sheet, place.row, place.cells[field_name], field_name, rule)


def _expect_flagged_rows(
    delivery: SentDelivery, places: Sequence[PrintedPlace], bad: set[int]
) -> list[ExpectedRow]:
    return [
        _expect_row(places[number], field_name, f"row__{rule}")
        for number, record in enumerate(delivery.records)
        if number not in bad
        for field_name, rule in _find_broken_rules(delivery.table, record)
    ]


def _find_broken_rules(table: str, record: Record) -> list[tuple[str, str]]:
    """Find the flagging rules that a record breaks, each after the field that it begins with."""
    broken = []
    if table == "agri_processing":
        sales, output = _number(record["sales_revenue_ytd_yuan"]), _number(record["output_value_ytd_yuan"])
        if sales > 3 * output or output > 3 * sales:
            broken.append(("sales_revenue_ytd_yuan", "sales_near_output"))
    if table == "rural_tourism":
        visits, revenue = _number(record["visits"]), _number(record["revenue_yuan"])
        if not visits <= revenue <= 2000 * visits:
            broken.append(("revenue_yuan", "revenue_per_visit"))
    if table == "village_profile":
        persons, households = _number(record["registered_persons"]), _number(record["registered_households"])
        if not households <= persons <= 8 * households:
            broken.append(("registered_persons", "persons_per_household"))
        if record["has_daily_waste_clearance"] and not record["has_waste_collection"]:
            broken.append(("has_daily_waste_clearance", "daily_clearance_needs_collection"))
    return broken


def _number(value: object) -> float:
    return float(str(value))


def _format_moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
