"""Units that a delivery in force leaves out, until a steward says that they ended."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sources.county.expected import Expected
from sources.holding.decide import decide
from sources.holding.home_states import home_states
from sources.holding.missing_units import missing_unit_frame
from sources.home.folders import Home
from sources.home.receipts import write_receipt
from sources.text.period import period_end
from tests.district import prepare
from tests.sources.holding.deliveries import REFERENCES, Deliveries
from tests.sources.holding.receipts import FIRST_DAY
from tests.sources.holding.test_judge import AGRI, LEDGER, enterprises, notes

LATER = FIRST_DAY + timedelta(days=99)


@pytest.fixture
def deliveries(tmp_path: Path) -> Deliveries:
    home = Home(tmp_path)
    prepare(home)
    return Deliveries(home)


def missing(deliveries: Deliveries, *expected: Expected) -> list[dict[str, Any]]:
    for receipt in deliveries.receipts:
        write_receipt(deliveries.home, receipt)
    states = home_states(deliveries.home, REFERENCES, deliveries.receipts, LATER)
    return missing_unit_frame(deliveries.home, REFERENCES, states, expected).to_dicts()


def test_an_enterprise_that_was_there_the_quarter_before_is_missing(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, enterprises(12), period="2022-Q1")
    without = deliveries.add(AGRI, enterprises(11), period="2022-Q2")
    (unit,) = missing(deliveries)
    assert (unit["delivery_id"], unit["unit"], unit["unit_name"]) == (without.delivery_id, "E11", "E11")
    assert (unit["from_delivery_id"], unit["division_code"]) == ("d0", None)


def test_one_that_a_steward_confirms_to_have_ended_is_not(deliveries: Deliveries) -> None:
    deliveries.add(AGRI, enterprises(12), period="2022-Q1")
    without = deliveries.add(AGRI, enterprises(11), period="2022-Q2")
    assert len(missing(deliveries)) == 1
    of = deliveries.home, REFERENCES, without.delivery_id, "confirm"
    decide(*of, why="已注销", by="统计股", now=LATER)  # type: ignore[arg-type]
    assert missing(deliveries) == []


def test_a_note_of_a_ledger_is_known_by_its_number(deliveries: Deliveries) -> None:
    deliveries.add(LEDGER, notes(12), period="2022-05-31", reporter="rcb_yungang")
    deliveries.add(LEDGER, notes(11), period="2022-06-30", reporter="rcb_yungang")
    (unit,) = missing(deliveries)
    assert (unit["unit"], unit["unit_name"]) == ("N011", "N011")


def test_the_villages_of_a_list_that_did_not_come_are_missing(deliveries: Deliveries) -> None:
    late = Expected(
        "living_environment", "人居环境整治月报", "kouquan", "2022-05", period_end("2022-05"), True, False
    )
    units = missing(deliveries, late)
    assert len(units) == 31
    assert {unit["delivery_id"] for unit in units} == {None}
    assert all(unit["unit"] == unit["division_code"] for unit in units)
