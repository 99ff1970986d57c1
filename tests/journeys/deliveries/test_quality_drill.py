"""The quality drill: what counts as caught and as false, and one unseen district from end to end."""

import pytest

from benchmarks.quality_drill.__main__ import drill
from benchmarks.quality_drill.alarms import Alarm, Spot
from benchmarks.quality_drill.planted import Planted

FILE = "inbox/高山镇/年报.xlsx"


def spot(*cells: str, file: str = FILE, sheet: str = "Sheet1") -> Spot:
    return file, sheet, frozenset(cells)


def alarm(rule: str, *spots: Spot, text: str = "", compared: tuple[Spot, ...] = ()) -> Alarm:
    return Alarm(rule, spots, text, compared)


WORDS = Planted("words", frozenset({"households__parse"}), (spot("C7"),))
MISSING = Planted(
    "never sent", frozenset({"reporting_complete"}), text=("reporter_code=gaoshan，", "period=2022，")
)


@pytest.mark.parametrize(
    ("raised", "caught"),
    [
        (alarm("households__parse", spot("C7")), True),
        (alarm("households__parse", spot("B7", "C7")), True),
        (alarm("households__parse", spot("C8")), False),
        (alarm("households__parse", spot("C7", file="inbox/云冈镇/年报.xlsx")), False),
        (alarm("households__required", spot("C7")), False),
    ],
)
def test_caught_is_the_right_rule_at_the_right_cell(raised: Alarm, caught: bool) -> None:
    assert WORDS.is_caught_by([raised]) == caught


def test_every_cell_of_a_fault_has_to_be_named() -> None:
    twice = Planted("line twice", frozenset({"key__duplicate"}), (spot("A5"), spot("A6")))
    assert not twice.is_caught_by([alarm("key__duplicate", spot("A5"))])
    assert twice.is_caught_by([alarm("key__duplicate", spot("A5")), alarm("key__duplicate", spot("A6"))])


def test_what_never_came_is_named_in_words() -> None:
    assert MISSING.is_caught_by(
        [alarm("reporting_complete", text="reporter_code=gaoshan，period=2022，due_date=…")]
    )
    assert not MISSING.is_caught_by(
        [alarm("reporting_complete", text="reporter_code=gaoshan，period=2021，")]
    )


def test_an_alarm_at_another_cell_is_not_explained_by_a_fault() -> None:
    assert not WORDS.explains(alarm("households__parse", spot("C8")))
    assert WORDS.explains(alarm("row__tap_water_within_households", spot("D7"), compared=(spot("C7", "D7"),)))


@pytest.mark.long
def test_in_an_unseen_district_everything_planted_is_caught_and_nothing_else() -> None:
    outcome = drill(61_001)
    assert len(outcome.caught) >= 40
    assert (outcome.missed, outcome.false_alarms, outcome.clean_alarms) == ([], [], [])
