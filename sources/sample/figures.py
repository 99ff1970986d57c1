"""What the deliveries in force add up to, by the rules that the warehouse's figures follow."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sources.sample.enterprises import cluster_of
from sources.sample.loans import FIRST_DAY, LAST_DAY, RENEWALS
from sources.sample.sent import Delivery, Record

_VILLAGE_COUNTS = (
    "has_bus_service",
    "has_waste_collection",
    "has_daily_waste_clearance",
    "has_sewage_treatment",
)
_VILLAGE_SUMS = (
    "registered_households",
    "registered_persons",
    "sanitary_toilet_households",
    "tap_water_households",
)


def figures(in_force: list[Delivery]) -> dict[str, Any]:
    """Totals as exact text or counts, nested by what they are broken down by."""
    agri = [d for d in in_force if d.table == "agri_processing"]
    villages = [d for d in in_force if d.table == "village_profile"]
    granted = list(disbursements(in_force))
    farmers = [loan for loan in granted if loan[0] == "rcb_yungang" and loan[4] == "农户"]
    return {
        "agri_processing": {
            "by_year": _sums(
                (_year(d), record) for d in agri if d.period.endswith("Q4") for record in d.records
            ),
            "by_year_and_township": _sums(
                (f"{_year(d)}/{d.reporter.code}", record)
                for d in agri
                if d.period.endswith("Q4")
                for record in d.records
            ),
            "by_year_and_cluster": _sums(
                (f"{_year(d)}/{cluster_of(str(record['cluster']))}", record)
                for d in agri
                if d.period.endswith("Q4")
                for record in d.records
            ),
        },
        "village_profile": {year: _villages(villages, year) for year in ("2021", "2022")},
        "loan_disbursement": {
            "by_month_and_bank": _loans(
                (f"{day:%Y-%m}/{bank}", amount) for bank, day, amount, _, _ in granted
            ),
            "farmers_at_rcb_yungang": {
                "amount_yuan": f"{sum((loan[2] for loan in farmers), Decimal(0)):.2f}",
                "households": len({loan[3] for loan in farmers}),
                "notes": len(farmers),
            },
        },
    }


def accepted(delivery: Delivery) -> list[Record]:
    """The records of a delivery that break no rule."""
    bad = {reason.record for reason in delivery.reasons}
    return [record for number, record in enumerate(delivery.records) if number not in bad]


def disbursements(in_force: list[Delivery]) -> Iterable[tuple[str, date, Decimal, str, str | None]]:
    """New grants: bank, day, amount, household, borrower type; a listed note counts from its first list."""
    seen: set[tuple[str, object]] = set()
    for delivery in sorted(in_force, key=lambda d: d.period):
        bank = delivery.reporter.code
        if delivery.contract in ("loan_note.rcb_ledger", "loan_note.citic_register"):
            for record in accepted(delivery):
                day, note = record["grant_date"], (bank, record["note_number"])
                assert isinstance(day, date)
                if note not in seen and FIRST_DAY <= day <= LAST_DAY and record["grant_type"] not in RENEWALS:
                    household = str(record["household_key"] or record["borrower_key"])
                    yield (
                        bank,
                        day,
                        Decimal(str(record["amount_yuan"])),
                        household,
                        _text(record["borrower_type"]),
                    )
                seen.add(note)
        elif delivery.contract == "loan_transaction.pboc_flow":
            for record in accepted(delivery):
                day = date.fromisoformat(str(record["LOAN_GRANT_DATE"]))
                if record["TRANS_TYPE"] == "1" and record["LOAN_TYPE"] == "":
                    yield bank, day, Decimal(str(record["TRANS_AMT_RMB"])), str(record["CUST_ID_NO"]), None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _year(delivery: Delivery) -> str:
    return delivery.period[:4]


def _sums(lines: Iterable[tuple[str, Record]]) -> dict[str, dict[str, str]]:
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for key, record in lines:
        totals[key][0] += Decimal(str(record["sales_revenue_ytd_yuan"]))
        totals[key][1] += Decimal(str(record["output_value_ytd_yuan"]))
    return {
        key: {"sales_revenue_yuan": f"{sales:.2f}", "output_value_yuan": f"{output:.2f}"}
        for key, (sales, output) in sorted(totals.items())
    }


def _loans(lines: Iterable[tuple[str, Decimal]]) -> dict[str, dict[str, str | int]]:
    amounts: dict[str, list[Decimal]] = defaultdict(list)
    for key, amount in lines:
        amounts[key].append(amount)
    return {
        key: {"amount_yuan": f"{sum(found):.2f}", "notes": len(found)}
        for key, found in sorted(amounts.items())
    }


def _villages(deliveries: list[Delivery], year: str) -> dict[str, int]:
    records = [record for d in deliveries if d.period == year for record in d.records]
    counts = {
        name.replace("has_", "villages_with_"): sum(bool(r[name]) for r in records)
        for name in _VILLAGE_COUNTS
    }
    sums = {name: sum(int(str(r[name])) for r in records) for name in _VILLAGE_SUMS}
    return {"villages": len(records), **counts, **sums}
