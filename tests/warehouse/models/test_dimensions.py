"""Each dimension on a small table."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]

COUNTY = {"division_code": "140214000000", "canonical_name": "云冈区", "level": "county"}
TOWN = {
    "division_code": "140214101000",
    "canonical_name": "高山镇",
    "level": "town",
    "parent_code": "140214000000",
}


def village(code: str, **fields: Any) -> Row:
    return {"division_code": code, "level": "village", "parent_code": "140214101000"} | fields


def in_force(delivery_id: str, end: date, **fields: Any) -> Row:
    return {"delivery_id": delivery_id, "period_end_date": end, "is_in_force": True} | fields


def span(run_model: RunModel, **tables: list[Row]) -> tuple[date, date]:
    days = [row["calendar_date"] for row in run_model("dim_date", **tables)]
    assert len(days) == (days[-1] - days[0]).days + 1
    return days[0], days[-1]


def test_dates_reach_a_year_beyond_what_deliveries_in_force_are_of(run_model: RunModel) -> None:
    sent = [
        in_force("d1", date(2015, 12, 31)),
        in_force("d2", date(2033, 3, 31)),
        in_force("d3", date(1999, 12, 31), is_in_force=False),
    ]
    assert span(run_model, source_delivery=sent) == (date(2014, 1, 1), date(2034, 12, 31))


def test_dates_reach_a_year_beyond_what_is_expected(run_model: RunModel) -> None:
    expected = [{"period_end_date": date(2024, 12, 31)}]
    assert span(
        run_model, source_delivery=[in_force("d1", date(2023, 3, 31))], source_expected_delivery=expected
    ) == (date(2022, 1, 1), date(2025, 12, 31))


def test_dates_begin_with_the_months_that_loans_are_cumulated_from(run_model: RunModel) -> None:
    ledger = in_force("d1", date(2025, 3, 31), staged_table="loan_note")
    assert span(run_model, source_delivery=[ledger]) == (date(2020, 1, 1), date(2026, 12, 31))


def test_dates_reach_a_year_beyond_the_lists_that_divisions_are_counted_on(run_model: RunModel) -> None:
    assert span(run_model, ref_division=[COUNTY]) == (date(2019, 1, 1), date(2023, 12, 31))


def test_there_are_no_dates_where_nothing_needs_any(run_model: RunModel) -> None:
    assert run_model("dim_date") == []


def test_a_date_knows_its_month_and_quarter(run_model: RunModel) -> None:
    by_day = {row["calendar_date"]: row for row in run_model("dim_date", ref_division=[COUNTY])}
    assert by_day[date(2022, 8, 31)] == {
        "calendar_date": date(2022, 8, 31),
        "year": 2022,
        "quarter": 3,
        "month": 8,
        "month_start_date": date(2022, 8, 1),
        "quarter_label": "2022-Q3",
        "month_label": "2022-08",
    }


def test_every_division_knows_its_township_and_county(run_model: RunModel) -> None:
    divisions = [COUNTY, TOWN, village("140214101200", canonical_name="高山村")]
    by_code = {row["division_code"]: row for row in run_model("dim_division", ref_division=divisions)}
    ancestors = ("township_code", "township_name", "county_code", "county_name")
    assert {code: tuple(row[name] for name in ancestors) for code, row in by_code.items()} == {
        "140214000000": (None, None, "140214", "云冈区"),
        "140214101000": ("140214101000", "高山镇", "140214", "云冈区"),
        "140214101200": ("140214101000", "高山镇", "140214", "云冈区"),
        "unassigned": ("unassigned", "未分乡镇", None, None),
        "unknown": ("unknown", "未知", None, None),
    }


def test_a_division_has_a_version_for_each_time_it_was_listed(run_model: RunModel) -> None:
    divisions = [
        village("140214101200", name="高山村委会", valid_from=date(2020, 6, 30), valid_to=date(2021, 10, 31)),
        village(
            "140214101200", name="高山新村委会", valid_from=date(2021, 10, 31), valid_to=date(2023, 1, 1)
        ),
    ]
    versions = [
        (row["division_key"], row["name"], row["lookup_from"], row["lookup_to"])
        for row in run_model("dim_division", ref_division=divisions)
    ]
    assert versions[:2] == [
        ("140214101200@2020-06-30", "高山村委会", date(1900, 1, 1), date(2021, 10, 31)),
        ("140214101200@2021-10-31", "高山新村委会", date(2021, 10, 31), date(9999, 12, 31)),
    ]


def test_a_village_takes_the_parent_of_its_time(run_model: RunModel) -> None:
    divisions = [
        TOWN | {"canonical_name": "旧名镇", "valid_from": date(2020, 6, 30), "valid_to": date(2021, 10, 31)},
        TOWN | {"canonical_name": "新名镇", "valid_from": date(2021, 10, 31)},
        village("140214101200", valid_from=date(2020, 6, 30)),
        village("140214101226", valid_from=date(2021, 10, 31)),
    ]
    rows = run_model("dim_division", ref_division=divisions)
    names = {row["division_code"]: row["township_name"] for row in rows if row["level"] == "village"}
    assert names == {"140214101200": "旧名镇", "140214101226": "新名镇"}


LISTS = [
    {"basis": "2020", "list_date": date(2020, 6, 30)},
    {"basis": "2022", "list_date": date(2022, 10, 31)},
]


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "bases"),
    [
        (date(2020, 6, 30), None, {"2020", "2022"}),
        (date(2020, 6, 30), date(2021, 10, 31), {"2020"}),
        (date(2021, 10, 31), None, {"2022"}),
    ],
)
def test_a_division_is_on_the_basis_of_the_lists_that_have_it(
    run_up_to: RunModel, valid_from: date, valid_to: date | None, bases: set[str]
) -> None:
    listed = village("140214101200", valid_from=valid_from, valid_to=valid_to) | {"list_row": 2}
    rows = run_up_to("dim_division_basis", ref_division=[listed], ref_division_list=LISTS)
    assert {row["basis"] for row in rows} == bases
    assert {row["basis"] for row in rows if row["is_latest"]} == bases & {"2022"}
    assert {row["division_key"].partition("@")[0] for row in rows} == {"140214101200"}


def test_a_household_is_known_by_its_number_or_else_by_the_borrower(run_model: RunModel) -> None:
    notes: list[Row] = [
        {"reporter_code": "rcb", "note_number": "N1", "household_key": "h1", "borrower_key": "b1"},
        {"reporter_code": "rcb", "note_number": "N2", "household_key": "h1", "borrower_key": "b2"},
        {"reporter_code": "rcb", "note_number": "N3", "household_key": None, "borrower_key": "b3"},
        {"reporter_code": "citic", "note_number": "N1", "household_key": "h1", "borrower_key": "b1"},
    ]
    flows = [
        {"reporter_code": "rcb", "note_number": "N1", "borrower_key": "b1"},
        {"reporter_code": "psbc", "note_number": "N9", "borrower_key": "b9"},
    ]
    households = run_model(
        "dim_household",
        staged_loan_note=[note | {"period": "2022-12-31"} for note in notes],
        staged_loan_transaction=[
            flow | {"period": "2022-12-31", "transaction_type": "发放", "transaction_serial": "S1"}
            for flow in flows
        ],
    )
    assert [tuple(row.values()) for row in households] == [
        ("citic/h1", "citic", "household"),
        ("psbc/b9", "psbc", "borrower"),
        ("rcb/b3", "rcb", "borrower"),
        ("rcb/h1", "rcb", "household"),
        ("unknown", None, "unknown"),
    ]
