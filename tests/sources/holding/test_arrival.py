"""Deliveries count for the same in whatever order they arrive; only of the same key does the last one win."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.home.folders import Home
from tests.district import prepare
from tests.sources.holding.deliveries import Deliveries, Row
from tests.sources.holding.test_judge import AGRI, LEDGER, enterprises, notes

FLOW, STOCK = "loan_transaction.pboc_flow", "loan_note.pboc_stock"
RECOVERED: list[Row] = [
    {
        "transaction_serial": f"S{n}",
        "note_number": f"N{n:03}",
        "transaction_type": "收回",
        "transaction_amount_yuan": Decimal(100),
    }
    for n in range(9)
]
UNITS = ["sales_revenue_ytd_yuan", "output_value_ytd_yuan"]
SENT = [
    ("first", AGRI, enterprises(12), "2021-Q1", "gaoshan"),
    ("second", AGRI, enterprises(12), "2021-Q2", "gaoshan"),
    ("half", AGRI, enterprises(5), "2021-Q3", "gaoshan"),
    ("whole again", AGRI, enterprises(12), "2021-Q3", "gaoshan"),
    ("part of it", AGRI, enterprises(2), "2021-Q3", "gaoshan"),
    ("elsewhere", AGRI, enterprises(4, first=50), "2021-Q1", "kouquan"),
    ("in another unit", AGRI, enterprises(4, times=10_000, first=50), "2021-Q2", "kouquan"),
    ("ledger", LEDGER, notes(40), "2021-05-31", "rcb_yungang"),
    ("cut ledger", LEDGER, notes(20), "2021-06-30", "rcb_yungang"),
    ("stock", STOCK, notes(40), "2021-05-31", "psbc_yungang"),
    ("stock after the flow", STOCK, notes(40)[9:], "2021-06-30", "psbc_yungang"),
    ("flow", FLOW, RECOVERED, "2021-06-30", "psbc_yungang"),
]
"""What is sent, with contract, rows, period and reporter; those of the same key in this order."""


def counted(order: list[int]) -> tuple[set[str], dict[str, list[str]]]:
    """Which deliveries are in force, and why the others wait, when they arrive in an order."""
    with TemporaryDirectory() as folder:
        home = Home(Path(folder))
        prepare(home)
        deliveries = Deliveries(home)
        names = {}
        for at in order:
            name, contract, rows, period, reporter = SENT[at]
            names[
                deliveries.add(
                    contract, rows, period=period, reporter=reporter, units=UNITS if contract == AGRI else ()
                ).delivery_id
            ] = name
        states = deliveries.states()
        held = {names[of]: list(j.holds) for of, j in states.judgements.items() if j.holds}
        return {names[receipt.delivery_id] for receipt in states.counting}, held


def keys_in_order(order: list[int]) -> list[int]:
    """Give those of the same key their own order, in the places that they have."""
    keys = [SENT[at][1:2] + SENT[at][3:] for at in order]
    waiting = {key: sorted(at for at, other in zip(order, keys, strict=True) if other == key) for key in keys}
    return [waiting[key].pop(0) for key in keys]


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(len(SENT))))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    in_force, held = counted(keys_in_order(order))
    assert in_force == {
        "first", "second", "whole again", "elsewhere", "ledger", "stock", "stock after the flow", "flow"
    }  # fmt: skip
    assert held == {
        "in another unit": ["unit"], "half": ["frame"], "part of it": ["vanished", "frame"], "cut ledger": ["frame"]
    }  # fmt: skip
