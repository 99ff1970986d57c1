"""Totals of the deliveries in force, by the rules that the warehouse's figures follow."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sample.district.enterprises import cluster_of
from sample.district.loans import FIRST_DAY, LAST_DAY
from sample.district.sent import Record, SentDelivery, Value

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


class Grant(NamedTuple):
    """A new disbursement, with the columns that the fact of disbursements has; amount in yuan."""

    bank: str
    day: date
    amount: Decimal
    household: str
    borrower_type: Value


def compute_figures(in_force: list[SentDelivery]) -> dict[str, Any]:
    """Compute totals as exact text or counts, nested by what they are broken down by."""
    ends = [d for d in in_force if d.table == "agri_processing" and d.period.endswith("Q4")]
    annual = [(d.period[:4], d.reporter.code, record) for d in ends for record in d.records]
    villages = [d for d in in_force if d.table == "village_profile"]
    tourism = [
        (d.period[:4], d.reporter.code, record)
        for d in in_force
        if d.table == "rural_tourism"
        for record in d.records
    ]
    granted = list(find_grants(in_force))
    farmers = [grant for grant in granted if grant.bank == "rcb_yungang" and grant.borrower_type == "农户"]
    return {
        "agri_processing": {
            "by_year": _sum_agri((year, record) for year, _, record in annual),
            "by_year_and_township": _sum_agri((f"{year}/{code}", record) for year, code, record in annual),
            "by_year_and_cluster": _sum_agri(
                (f"{year}/{cluster_of(str(record['cluster']))}", record) for year, _, record in annual
            ),
        },
        "village_profile": {year: _sum_villages(villages, year) for year in ("2021", "2022")},
        "loan_disbursement": {
            "by_month_and_bank": _sum_loans((f"{g.day:%Y-%m}/{g.bank}", g.amount) for g in granted),
            "farmers_at_rcb_yungang": {
                "amount_yuan": f"{sum((grant.amount for grant in farmers), Decimal(0)):.2f}",
                "households": len({grant.household for grant in farmers}),
                "notes": len(farmers),
            },
        },
        "rural_tourism": {
            "by_year": _sum_tourism((year, record) for year, _, record in tourism),
            "by_year_and_township": _sum_tourism(
                (f"{year}/{code}", record) for year, code, record in tourism
            ),
        },
    }


def find_grants(in_force: list[SentDelivery]) -> Iterator[Grant]:
    """Yield new disbursements: from flows where a bank sends them, else a note from its first list."""
    listed: set[tuple[str, Value]] = set()
    for delivery in sorted(in_force, key=lambda d: d.period):
        bank = delivery.reporter.code
        for record in _accepted_records(delivery):
            if delivery.contract == "loan_transaction.pboc_flow":
                if record["TRANS_TYPE"] == "1" and record["LOAN_TYPE"] == "":
                    day = date.fromisoformat(str(record["LOAN_GRANT_DATE"]))
                    yield Grant(bank, day, _yuan(record["TRANS_AMT_RMB"]), str(record["CUST_ID_NO"]), None)
            elif "grant_date" in record and (bank, record["note_number"]) not in listed:
                listed.add((bank, record["note_number"]))
                if _is_new(record):
                    yield _read_grant(bank, record)


def _is_new(record: Record) -> bool:
    day = record["grant_date"]
    return isinstance(day, date) and FIRST_DAY <= day <= LAST_DAY and record["grant_type"] == "新增"


def _read_grant(bank: str, record: Record) -> Grant:
    day, household = record["grant_date"], str(record["household_key"] or record["borrower_key"])
    assert isinstance(day, date)
    return Grant(bank, day, _yuan(record["amount_yuan"]), household, record["borrower_type"])


def _accepted_records(delivery: SentDelivery) -> list[Record]:
    bad = {reason.record for reason in delivery.reasons}
    return [record for number, record in enumerate(delivery.records) if number not in bad]


def _yuan(value: Value) -> Decimal:
    return Decimal(str(value))


def _sum_agri(lines: Iterable[tuple[str, Record]]) -> dict[str, dict[str, str]]:
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for key, record in lines:
        totals[key][0] += _yuan(record["sales_revenue_ytd_yuan"])
        totals[key][1] += _yuan(record["output_value_ytd_yuan"])
    return {
        key: {"sales_revenue_yuan": f"{sales:.2f}", "output_value_yuan": f"{output:.2f}"}
        for key, (sales, output) in sorted(totals.items())
    }


def _sum_loans(lines: Iterable[tuple[str, Decimal]]) -> dict[str, dict[str, str | int]]:
    amounts: dict[str, list[Decimal]] = defaultdict(list)
    for key, amount in lines:
        amounts[key].append(amount)
    return {
        key: {"amount_yuan": f"{sum(of_key):.2f}", "notes": len(of_key)}
        for key, of_key in sorted(amounts.items())
    }


def _sum_tourism(lines: Iterable[tuple[str, Record]]) -> dict[str, dict[str, str | int]]:
    by_key: dict[str, list[Record]] = defaultdict(list)
    for key, record in lines:
        by_key[key].append(record)
    return {
        key: {
            "visits": sum(int(str(record["visits"])) for record in records),
            "revenue_yuan": f"{sum(_yuan(record['revenue_yuan']) for record in records):.2f}",
        }
        for key, records in sorted(by_key.items())
    }


def _sum_villages(deliveries: list[SentDelivery], year: str) -> dict[str, int]:
    records = [record for d in deliveries if d.period == year for record in d.records]
    counts = {
        name.replace("has_", "villages_with_"): sum(bool(r[name]) for r in records)
        for name in _VILLAGE_COUNTS
    }
    sums = {name: sum(int(str(r[name])) for r in records) for name in _VILLAGE_SUMS}
    return {"villages": len(records), **counts, **sums}
