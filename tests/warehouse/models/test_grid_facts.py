"""Grids, those who serve on them, their tickets, and supervision, each on a small table."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.check_result import CheckResult

Row = dict[str, Any]
Select = Callable[[str], list[Row]]
Given = Callable[..., Select]
RunModel = Callable[..., list[Row]]
RunCheck = Callable[..., CheckResult]

COUNTY, TOWN, VILLAGE = "140214000000", "140214101000", "140214101200"
GRID = f"{VILLAGE}001"


def division(code: str, township: str | None = TOWN) -> Row:
    return {
        "division_key": f"{code}@2020-06-30",
        "division_code": code,
        "township_code": township,
        "lookup_from": date(1900, 1, 1),
        "lookup_to": date(9999, 12, 31),
    }


DIMENSIONS: dict[str, list[Row]] = {
    "dim_division": [division(COUNTY, None), division(TOWN), division(VILLAGE)],
    "ref_reporter": [
        {"reporter_code": "gaoshan", "division_code": TOWN},
        {"reporter_code": "office", "division_code": COUNTY},
    ],
    "dim_period": [
        {"period": "2022", "end_date": date(2022, 12, 31)},
        {"period": "2022-Q3", "end_date": date(2022, 9, 30)},
    ],
}


@pytest.mark.parametrize(
    ("grid_code", "place"), [(GRID, VILLAGE), ("999999999999001", TOWN)], ids=["listed", "not listed"]
)
def test_a_person_is_where_the_grid_is_or_else_where_the_reporter_is(
    run_model: RunModel, grid_code: str, place: str
) -> None:
    person = {"person_key": "p1", "role": "网格员", "grid_code": grid_code, "period": "2022"}
    facts = run_model(
        "fact_grid_person", staged_grid_person=[person | {"reporter_code": "gaoshan"}], **DIMENSIONS
    )
    assert [(row["division_key"], row["township_code"]) for row in facts] == [(f"{place}@2020-06-30", TOWN)]


def test_a_circular_to_all_is_the_countys_and_of_no_township(run_model: RunModel) -> None:
    item = {"period": "2022-Q3", "reporter_code": "office"}
    facts = run_model(
        "fact_work_supervision",
        staged_work_supervision=[
            item | {"item_number": "云农督〔2022〕7号", "township_code": TOWN},
            item | {"item_number": "云农通〔2022〕1号", "township_code": None},
        ],
        **DIMENSIONS,
    )
    assert [
        (row["item_number"], row["division_key"], row["township_code"], row["quarter"]) for row in facts
    ] == [
        ("云农督〔2022〕7号", f"{TOWN}@2020-06-30", TOWN, 3),
        ("云农通〔2022〕1号", f"{COUNTY}@2020-06-30", None, 3),
    ]


def figures(select: Select, code: str) -> dict[str, Decimal]:
    """Values of the county by period."""
    rows = select(
        f"select period, value from mart_figure where indicator_code = '{code}' and division_code = '{COUNTY}'",
    )
    return {row["period"]: row["value"] for row in rows}


def ticket(number: str, period: str, closed: date | None = None) -> Row:
    return {
        "reporter_code": "rcb",
        "period": period,
        "sheet_row": int(number[-1]),
        "ticket_number": number,
        "grid_code": GRID,
        "place_code": VILLAGE,
        "opened_date": date(2022, 1, 20),
        "closed_date": closed,
        "is_resolved": closed is not None,
    }


def test_a_ticket_counts_once_in_a_year_and_in_the_month_in_which_it_was_closed(given: Given) -> None:
    select = given(
        "grid_issue_resolved_count",
        "grid_issue_resolution_rate",
        staged_grid_issue=[
            ticket("WG202201-1", "2022-01", date(2022, 1, 21)),
            ticket("WG202201-2", "2022-01"),
            ticket("WG202201-2", "2022-02", date(2022, 2, 3)),
            ticket("WG202201-3", "2022-02"),
        ],
    )
    assert figures(select, "grid_issue_resolved_count") == {
        "2022": 2, "2022-Q1": 2, "2022-01": 1, "2022-02": 1,
    }  # fmt: skip
    assert figures(select, "grid_issue_resolution_rate") == {
        "2022": Decimal("66.6667"), "2022-Q1": Decimal("66.6667"), "2022-01": 50, "2022-02": 50,
    }  # fmt: skip


def test_one_person_in_two_roles_or_on_two_grids_is_one_of_each(given: Given) -> None:
    serving = {"reporter_code": "gaoshan", "period": "2022", "person_key": "p1"}
    roster = [
        serving | {"role": "楼长", "grid_code": GRID, "sheet_row": 6},
        serving | {"role": "单元长", "grid_code": GRID, "sheet_row": 7},
        serving | {"role": "单元长", "grid_code": f"{VILLAGE}002", "sheet_row": 8},
        serving | {"role": "单元长", "grid_code": GRID, "person_key": "p2", "sheet_row": 9},
    ]
    select = given(
        "building_leader_count", "unit_leader_count", "grid_worker_count", staged_grid_person=roster
    )

    assert figures(select, "building_leader_count") == {"2022": 1}
    assert figures(select, "unit_leader_count") == {"2022": 2}
    assert figures(select, "grid_worker_count") == {"2022": 0}


def test_numerals_in_the_name_of_a_package_are_not_added_up(given: Given) -> None:
    listed = {"reporter_code": "rcb", "period": "2022", "issued_date": date(2022, 2, 1)}
    select = given(
        "policy_document_count",
        staged_policy_document=[
            listed | {"document_number": "甲〔2022〕1号", "package_code": "1+3+1", "sheet_row": 5},
            listed | {"document_number": "甲〔2022〕2号", "package_code": "1+3+1", "sheet_row": 6},
            listed | {"document_number": "甲〔2022〕3号", "package_code": None, "sheet_row": 7},
        ],
    )
    assert figures(select, "policy_package_code") == {"2022": 1}
    assert figures(select, "policy_document_count") == {"2022": 3}


def test_a_grid_that_is_named_and_not_listed_is_found(run_check: RunCheck) -> None:
    listed = {"year": 2022, "grid_code": GRID}
    unlisted = {"year": 2022, "grid_code": f"{VILLAGE}009"}
    result = run_check(
        "grid_listed",
        fact_grid=[listed],
        fact_grid_person=[listed | {"person_key": "p1"}, unlisted | {"person_key": "p2"}],
        fact_grid_issue=[listed, unlisted, {"year": 2021, "grid_code": GRID}],
    )
    assert (result.passed, result.failed_rows) == (False, 2)


def test_a_grid_without_a_worker_is_found_where_a_roster_was_sent(run_check: RunCheck) -> None:
    grids = [
        {"year": 2022, "reporter_code": reporter, "grid_code": f"{VILLAGE}00{number}"}
        for number, reporter in enumerate(("gaoshan", "gaoshan", "kouquan"), start=1)
    ]
    roster = [
        grids[0] | {"person_key": "p1", "role": "网格员"},
        grids[1] | {"person_key": "p2", "role": "楼长"},
    ]
    result = run_check("grid_has_worker", fact_grid=grids, fact_grid_person=roster)

    assert (result.passed, result.failed_rows) == (False, 1)
    assert f"{VILLAGE}002" in result.message
