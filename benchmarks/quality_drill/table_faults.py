"""Faults against rules over several rows or forms: one file contradicts another."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.quality_drill.planted import District, Key, Planted, spot_of
from sample.district.sent import Record, SentDelivery

Plant = Callable[[District, Random], Planted]


def table_faults(district: District, rng: Random) -> Iterator[Planted]:
    """Plant one fault against each of these rules."""
    for plant in (
        _total_falls, _opening_differs, _amount_differs, _more_files_than_households, _village_left_out,
        _grid_without_worker, _cadre_without_ledger, _plan_used_twice, _order_broken,
    ):  # fmt: skip
        yield plant(district, rng)


def _total_falls(district: District, rng: Random) -> Planted:
    """Plant a cumulative figure that is less than that of the quarter before."""
    key = rng.choice(
        [key for key in district.untouched("agri_processing") if key[2][-2:] in ("Q2", "Q3", "Q4")]
    )
    table, reporter, period = key
    before = f"{period[:-1]}{int(period[-1]) - 1}"
    district.touch((table, reporter, before))
    earlier = {
        str(r["credit_code"]): r for r in district.files[table, reporter, before].deliveries[0].records
    }
    record = rng.randrange(len(district.files[key].deliveries[0].records))

    def change(delivery: SentDelivery) -> None:
        changed: dict[str, Any] = delivery.records[record]
        previous: dict[str, Any] = earlier[str(changed["credit_code"])]
        for name in ("sales_revenue_ytd_yuan", "output_value_ytd_yuan"):
            changed[name] = (previous[name] * Decimal("0.95")).quantize(Decimal(1)) // 10_000 * 10_000

    return _plant_change(
        district, key, change, record, "sales_revenue_ytd_yuan", "total falls", "agri_ytd_falls"
    )


def _opening_differs(district: District, rng: Random) -> Planted:
    """Plant points at the beginning of a quarter that are not those at the end of the one before."""
    key = rng.choice([key for key in district.untouched("member_points") if key[2] == "2022-Q4"])
    record = rng.randrange(len(district.files[key].deliveries[0].records))

    def change(delivery: SentDelivery) -> None:
        changed: dict[str, Any] = delivery.records[record]
        changed["opening_points"] += 3
        changed["closing_points"] += 3

    return _plant_change(
        district, key, change, record, "opening_points", "opening differs", "member_points_opening"
    )


def _amount_differs(district: District, rng: Random) -> Planted:
    """Plant a note whose amount is another in a later ledger."""
    key = rng.choice(
        [k for k in district.untouched("loan_note") if k[1] == "rcb_yungang" and k[2] > "2021-06"]
    )
    records = district.files[key].deliveries[0].records
    record = rng.choice([number for number, note in enumerate(records) if _is_granted_before(note, key[2])])

    def change(delivery: SentDelivery) -> None:
        changed: dict[str, Any] = delivery.records[record]
        changed["amount_yuan"] += 10_000

    return _plant_change(
        district, key, change, record, "amount_yuan", "amount differs", "loan_amount_differs"
    )


def _is_granted_before(note: Record, period: str) -> bool:
    return note["amount_yuan"] is not None and str(note["grant_date"])[:7] < period[:7]


def _more_files_than_households(district: District, rng: Random) -> Planted:
    """Plant a bank that has files of more households than the township has registered."""
    key = rng.choice([key for key in district.untouched("village_credit") if key[2] == "2022-Q4"])
    record = rng.randrange(len(district.files[key].deliveries[0].records))

    def change(delivery: SentDelivery) -> None:
        changed: dict[str, Any] = delivery.records[record]
        changed["filed_households"] = changed["filed_households"] * 21 // 10 + 1

    return _plant_change(
        district,
        key,
        change,
        record,
        "filed_households",
        "two sources",
        "credit_households_within_registered",
    )


def _village_left_out(district: District, rng: Random) -> Planted:
    """Plant a village that its township does not report."""
    key = rng.choice([k for k in district.untouched("village_profile") if k[2] == "2021"])
    code = district.files[key].deliveries[0].reporter.division_code
    district.alter(key, lambda delivery: delivery.records.pop(rng.randrange(len(delivery.records))))
    return Planted(
        "row left out",
        frozenset({"village_profile_complete"}),
        text=(f"year={key[2]}，", f"township_code={code}"),
    )


def _grid_without_worker(district: District, rng: Random) -> Planted:
    """Plant a grid whose worker is not on the roster."""
    key = rng.choice(district.untouched("grid_person"))
    district.touch(("grid", key[1], key[2]))
    records = district.files[key].deliveries[0].records
    worker = rng.choice([record for record in records if record["role"] == "网格员"])

    def change(delivery: SentDelivery) -> None:
        delivery.records.remove(next(record for record in delivery.records if record == worker))

    district.alter(key, change)
    return Planted(
        "pair broken", frozenset({"grid_has_worker"}), text=(f"grid_code={worker['grid_code']}，",)
    )


def _cadre_without_ledger(district: District, rng: Random) -> Planted:
    """Plant a cadre sent to an organisation that is not on the ledger of weak ones."""
    key = rng.choice(district.untouched("dispatched_cadre"))
    ledger = district.files["weak_party_org", key[1], key[2]].deliveries[0]
    listed = {record["org_code"] for record in ledger.records}
    register = district.files["party_org", key[1], key[2]].deliveries[0]
    unlisted = rng.choice(
        [record["org_code"] for record in register.records if record["org_code"] not in listed]
    )
    district.touch(("weak_party_org", *key[1:]), ("party_org", *key[1:]))
    district.alter(key, lambda delivery: delivery.records[0].update({"org_code": unlisted}))
    return Planted(
        "pair broken", frozenset({"dispatched_cadre_without_ledger"}), text=(f"org_code={unlisted}",)
    )


def _plan_used_twice(district: District, rng: Random) -> Planted:
    """Plant one plan for two organisations."""
    key = rng.choice([k for k in sorted(district.files) if k[0] == "weak_party_org"])
    records = district.files[key].deliveries[0].records
    org = rng.choice(sorted({str(record["org_code"]) for record in records}))
    plan = next(str(record["plan_number"]) for record in records if record["org_code"] != org)

    def change(delivery: SentDelivery) -> None:
        for record in delivery.records:
            if record["org_code"] == org:
                record["plan_number"] = plan

    district.alter(key, change)
    return Planted("excluding pair", frozenset({"weak_party_org_plans"}), text=(f"plan_number={plan}",))


def _order_broken(district: District, rng: Random) -> Planted:
    """Plant items of a scheme that are not numbered one after the other."""
    key = rng.choice(district.untouched("scheme"))
    records = district.files[key].deliveries[0].records
    name = rng.choice(sorted({str(record["scheme_name"]) for record in records}))

    def change(delivery: SentDelivery) -> None:
        items = [record for record in delivery.records if record["scheme_name"] == name]
        last: dict[str, Any] = items[-1]
        last["item_order"] += 2

    district.alter(key, change)
    return Planted("order broken", frozenset({"scheme_items_in_order"}), text=(f"scheme_name={name}，",))


def _plant_change(
    district: District,
    key: Key,
    change: Callable[[SentDelivery], None],
    record: int,
    field: str,
    kind: str,
    rule: str,
) -> Planted:
    file = district.alter(key, change)
    return Planted(kind, frozenset({rule}), (spot_of(file, record, field),))
