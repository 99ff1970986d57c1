"""What the sample's forms of 乡村建设 say comes out as the targets, whatever these are."""

from collections import Counter
from decimal import Decimal

import pytest

from sample.district.people import People
from sample.district.registers import villages_on
from sample.district.sent import Record
from sample.district.targets import Targets
from sample.forms import infrastructure_project, living_environment, village_class


def count(record: Record, field: str) -> int:
    value = record[field]
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize("pct", ["96.4", "95", "100", "91.2373", "66.6667", "88.8889"])
def test_the_last_months_waste_is_the_target_to_four_decimals(pct: str) -> None:
    sent = living_environment.sendings(7, Targets(waste_treated_pct=Decimal(pct)), People(7))
    lines = [line for sending in sent if sending.period == "2022-12" for line in sending.records]

    collected = sum(count(line, "waste_collected_households") for line in lines)
    share = Decimal(100 * collected) / sum(count(line, "households") for line in lines)
    assert round(share, 4) == Decimal(pct)


def test_as_many_villages_are_cleared_daily_in_the_last_month_as_the_target_says() -> None:
    sent = living_environment.sendings(7, Targets(villages_with_daily_clearance=61), People(7))
    cleared = Counter(s.period for s in sent for line in s.records if line["has_daily_clearance"])

    assert cleared["2022-12"] == 61
    assert cleared["2022-01"] < 61


@pytest.mark.parametrize(("others", "unlisted"), [(3, []), (7, []), (9, ["合成第121村", "合成第122村"])])
def test_villages_beyond_the_list_are_called_synthetic_and_stand_in_no_township(
    others: int, unlisted: list[str]
) -> None:
    [sending] = village_class.sendings(
        7, Targets(villages_other_class=others, villages_protection=6), People(7)
    )
    lines = sending.records

    assert Counter(line["village_class"] for line in lines) == {
        "集聚提升类": 28, "城郊融合类": 16, "特色保护类": 6, "搬迁撤并类": 63, "其它类": others,
    }  # fmt: skip
    assert {line["village_name"] for line in lines if line["village_code"]} <= {
        village.name for village in villages_on("2020-06-30")
    }
    assert [line["village_name"] for line in lines if line["village_code"] is None] == unlisted
    assert [line["village_name"] for line in lines if line["township_code"] is None] == unlisted


def test_sewage_projects_are_more_than_their_villages() -> None:
    sent = infrastructure_project.sendings(7, Targets(sewage_project_villages=12), People(7))
    before, now = (
        [line["village_code"] for line in sending.records if line["project_kind"] == "污水治理"]
        for sending in sent
    )
    assert (len(set(now)), len(now), len(set(before))) == (12, 14, 8)
