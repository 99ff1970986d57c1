"""By when a form must have come: the deadlines, on values."""

from datetime import timedelta
from typing import Any

import dagster as dg
import pytest
from dagster._core.definitions.freshness import CronFreshnessPolicy
from hypothesis import given
from hypothesis import strategies as st

from pipelines.assets.freshness import deadline_of, freshness
from sources.county.contract import Contract, contract_of
from sources.text.period import Grain


@pytest.mark.parametrize(
    ("cadence", "due_days", "deadline", "days"),
    [
        ("month", 10, "0 0 11 * *", 10),
        ("month", 0, "0 0 1 * *", 1),
        ("quarter", 15, "0 0 16 1,4,7,10 *", 15),
        ("quarter", 20, "0 0 21 1,4,7,10 *", 20),
        ("year", 31, "0 0 1 2 *", 31),
        ("year", 45, "0 0 15 2 *", 45),
        ("half", 20, "0 0 21 1,7 *", 20),
        # The last ten days of a month are the last to be due: on 4 July the first of June are long late.
        ("ten_days", 3, "0 0 4 * *", 3),
        # 40 days after January is 12 March; the window is cut to the shortest time between deadlines.
        ("month", 40, "0 0 13 * *", 28),
        # 45 days after 31 December is 14 February, after 31 March 15 May: the later day is that of all.
        ("quarter", 45, "0 0 16 2,5,8,11 *", 45),
        # The day after 29 April is no day of every month that follows a quarter: the first of the next is.
        ("quarter", 28, "0 0 1 2,5,8,11 *", 30),
    ],
)
def test_the_deadline_is_the_midnight_after_the_due_date(
    cadence: Grain, due_days: int, deadline: str, days: int
) -> None:
    assert deadline_of(cadence, due_days) == (deadline, timedelta(days=days))


@given(st.sampled_from(["ten_days", "month", "quarter", "half", "year"]), st.integers(0, 120))
def test_dagster_takes_every_deadline(cadence: Grain, due_days: int) -> None:
    deadline, window = deadline_of(cadence, due_days)
    policy = dg.FreshnessPolicy.cron(
        deadline_cron=deadline, lower_bound_delta=window, timezone="Asia/Shanghai"
    )

    assert isinstance(policy, CronFreshnessPolicy)


def contract(cadence: str, due_days: int, **terms: Any) -> Contract:
    fields: dict[str, Any] = {
        "name": f"t.{cadence}", "table": "t", "title": ["表"], "reporters": ["township"], "columns": {},
        "cadence": cadence, "due_days": due_days, "workbook": {"shape": "rows"},
    }  # fmt: skip
    return contract_of(fields | terms)


def test_a_form_in_several_layouts_is_held_to_the_shortest_cadence_and_its_longest_time() -> None:
    policy = freshness([contract("quarter", 15), contract("month", 8), contract("month", 10)])

    assert isinstance(policy, CronFreshnessPolicy)
    assert (policy.deadline_cron, policy.timezone) == ("0 0 11 * *", "Asia/Shanghai")


def test_a_form_that_comes_once_is_never_stale() -> None:
    assert freshness([contract("once", 15, first="2022")]) is None
