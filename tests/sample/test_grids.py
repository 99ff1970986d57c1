"""The sample's grids and those who serve on them come out as the targets say, whatever these are."""

from collections import Counter
from dataclasses import replace

import pytest

from sample.district.neighbourhoods import neighbourhoods
from sample.district.people import People
from sample.district.registers import Community, subdistricts, townships
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from sample.forms import grid, grid_issue, grid_person

PRINTED = Targets()
OTHER = replace(
    PRINTED, grids=300, grid_party_groups=291, grid_workers=333, building_leaders=907, unit_leaders=1801,
    grid_issues_resolved=777,
)  # fmt: skip


def lines(sendings: list[Sending]) -> list[Record]:
    return [record for sending in sendings for record in sending.records]


def test_every_township_and_subdistrict_has_grids_and_communities_have_more() -> None:
    grids = neighbourhoods(PRINTED)

    assert {grid.reporter.code for grid in grids} == {r.code for r in (*townships(), *subdistricts())}
    assert len({grid.code for grid in grids}) == 810
    by_place = Counter((isinstance(grid.place, Community), grid.place.code) for grid in grids)
    least_of_community = min(count for (is_community, _), count in by_place.items() if is_community)
    most_of_village = max(count for (is_community, _), count in by_place.items() if not is_community)
    assert least_of_community > most_of_village


@pytest.mark.parametrize("targets", [PRINTED, OTHER], ids=["printed", "other"])
def test_grids_and_party_groups_are_as_many_as_the_targets_say(targets: Targets) -> None:
    records = lines(list(grid.sendings(7, targets, People(7))))

    assert len({record["grid_code"] for record in records}) == targets.grids
    assert sum(bool(record["has_party_group"]) for record in records) == targets.grid_party_groups


@pytest.mark.parametrize("targets", [PRINTED, OTHER], ids=["printed", "other"])
def test_persons_in_each_role_are_as_many_as_the_targets_say(targets: Targets) -> None:
    records = lines(list(grid_person.sendings(7, targets, People(7))))

    persons = {(record["role"], record["person_key"]) for record in records}
    assert Counter(role for role, _ in persons) == {
        "网格员": targets.grid_workers,
        "楼长": targets.building_leaders,
        "单元长": targets.unit_leaders,
    }
    assert len({person for _, person in persons}) < len(persons)
    assert {record["grid_code"] for record in records} <= {grid.code for grid in neighbourhoods(targets)}


@pytest.mark.parametrize("targets", [PRINTED, OTHER], ids=["printed", "other"])
def test_each_closed_ticket_is_closed_once_in_its_month_and_some_stay_open(targets: Targets) -> None:
    sendings = list(grid_issue.sendings(7, targets, People(7)))
    closed = [
        (record["ticket_number"], sending.period, f"{record['closed_date']:%Y-%m}")
        for sending in sendings
        for record in sending.records
        if record["is_resolved"]
    ]

    assert len(sendings) == 12
    assert len(closed) == len({number for number, *_ in closed}) == targets.grid_issues_resolved
    assert [period for _, period, month in closed if period != month] == []
    assert {r["ticket_number"] for r in lines(sendings)} > {number for number, *_ in closed}


def test_no_two_of_twenty_thousand_persons_share_a_name_or_an_id_number() -> None:
    people = People(2022)
    persons = [people.person("someone", number) for number in range(20_000)]

    assert len({person.name for person in persons}) == 20_000
    assert len({person.id_number for person in persons}) == 20_000
