"""Each written check finds what breaks its rule, and nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.check_result import CheckResult
from tests import ROOT
from tests.warehouse.checks import (
    figure_check_cases,
    loan_check_cases,
    party_check_cases,
    reporting_check_cases,
)
from warehouse.checks import table_checks

Row = dict[str, Any]
RunCheck = Callable[..., CheckResult]


def event(number: str, amount: int = 100, **fields: Any) -> Row:
    return {
        "institution_code": "rcb",
        "note_number": number,
        "division_key": "T1",
        "household_key": number,
        "is_farm_household": True,
        "is_new_disbursement": True,
        "grant_date": date(2022, 3, 1),
        "event_date": date(2022, 3, 1),
        "amount_yuan": Decimal(amount),
    } | fields


def month(start: date, amount: int, cumulative: int, households: int) -> Row:
    return {
        "institution_code": "rcb",
        "township_code": "T1",
        "month_start_date": start,
        "amount_yuan": Decimal(amount),
        "farm_amount_yuan": Decimal(amount),
        "cumulative_amount_yuan": Decimal(cumulative),
        "cumulative_farm_amount_yuan": Decimal(cumulative),
        "cumulative_farm_households": households,
    }


def processed(sales: int, output: int = 100, year: int = 2022, **fields: Any) -> Row:
    yuan = {"sales_revenue_ytd_yuan": Decimal(sales), "output_value_ytd_yuan": Decimal(output)}
    return {"credit_code": "E1", "year": year, "quarter": 4, "township_code": "T1"} | yuan | fields


TOWN = {"division_key": "T1", "township_code": "T1"}
VILLAGES = [
    {"division_code": code, "division_key": code, "level": "village"}
    | {"township_code": "T1", "township_name": "高山镇"}
    for code in ("V1", "V2")
]
ON_LIST = [{"basis": "2022", "division_key": code, "is_latest": True} for code in ("V1", "V2")]
CORRECTION = {"correction_id": "C1", "state": "applied"}
TOTAL = {"delivery_id": "d1", "printed": Decimal(10), "computed": Decimal(9)}

CASES: list[tuple[str, dict[str, list[Row]], int]] = [
    ("agri_ytd_falls", {"fact_agri_processing": [processed(100, sales_revenue_quarter_yuan=Decimal(-1))]}, 1),
    ("agri_ytd_falls", {"fact_agri_processing": [processed(100, sales_revenue_quarter_yuan=Decimal(0))]}, 0),
    (
        "village_profile_complete",
        {"dim_division": VILLAGES, "fact_village_profile": [{"village_code": "V1", "year": 2022}]},
        1,
    ),
    (
        "village_profile_complete",
        {
            "dim_division": [VILLAGES[0], VILLAGES[1] | {"valid_to": date(2022, 12, 31)}],
            "fact_village_profile": [{"village_code": "V1", "year": 2022}],
        },
        0,
    ),
    (
        "control_total_agrees",
        {"dq_control_total": [TOTAL], "dq_delivery": [{"delivery_id": "d1", "is_in_force": True}]},
        1,
    ),
    (
        "control_total_agrees",
        {"dq_control_total": [TOTAL], "dq_delivery": [{"delivery_id": "d1", "is_in_force": False}]},
        0,
    ),
    (
        "delivery_internal_error",
        {
            "dq_delivery": [
                {"delivery_id": "d1", "is_open": True, "reasons": "delivery__internal_error @ !: 错误编号"},
                {"delivery_id": "d2", "is_open": False, "reasons": "delivery__internal_error @ !: 错误编号"},
                {"delivery_id": "d3", "is_open": True, "reasons": "delivery__no_form @ !: 没有找到规定的表"},
            ]
        },
        1,
    ),
    ("correction_guard_holds", {"dq_correction": [CORRECTION]}, 0),
    ("correction_guard_holds", {"dq_correction": [CORRECTION | {"state": "guard_failed"}]}, 1),
    ("correction_guard_holds", {"dq_correction": [CORRECTION | {"state": "no_delivery"}]}, 1),
    ("correction_guard_holds", {"dq_correction": [CORRECTION | {"state": "withdrawn"}]}, 0),
    (
        "loan_village_unknown",
        {
            "fact_loan_disbursement": [
                event("N1", division_key="unknown"),
                event("N2"),
                event("N3", division_key="unknown", transaction_serial="S3"),
            ]
        },
        1,
    ),
    (
        "mart_village_overview_complete",
        {
            "dim_division": VILLAGES,
            "dim_division_basis": ON_LIST,
            "mart_village_overview": [{"village_code": "V1"}, {"village_code": "V9"}],
        },
        2,
    ),
    (
        "fact_village_profile_conserved",
        {
            "staged_village_profile": [{"delivery_id": "d1", "registered_persons": 5}, {"delivery_id": "d2"}],
            "fact_village_profile": [{"delivery_id": "d1", "registered_persons": 6}],
        },
        2,
    ),
    (
        "fact_agri_processing_conserved",
        {
            "staged_agri_processing": [{"delivery_id": "d1"}, {"delivery_id": "d2"}],
            "fact_agri_processing": [{"delivery_id": "d1"}, {"delivery_id": "d2"}, {"delivery_id": "d2"}],
        },
        1,
    ),
    (
        "fact_loan_balance_conserved",
        {
            "staged_loan_note": [{"delivery_id": "d1", "balance_yuan": Decimal(5)}],
            "fact_loan_balance": [{"delivery_id": "d1", "balance_yuan": Decimal(5)}],
        },
        0,
    ),
    (
        "mart_agri_processing_reconciles",
        {
            "fact_agri_processing": [processed(70, quarter=3), processed(100)],
            "mart_agri_processing": [
                {"year": 2022, "quarter": 4, "township_code": "T1", "sales_revenue_yuan": Decimal(100)}
                | {"output_value_yuan": Decimal(100)}
            ],
        },
        0,
    ),
    (
        "mart_agri_processing_reconciles",
        {
            "fact_agri_processing": [processed(70, quarter=3), processed(100)],
            "mart_agri_processing": [
                {"year": 2022, "quarter": 3, "township_code": "T1", "sales_revenue_yuan": Decimal(70)}
                | {"output_value_yuan": Decimal(100)}
            ],
        },
        2,
    ),
    (
        "mart_loan_disbursement_reconciles",
        {
            "dim_division": [TOWN],
            "fact_loan_disbursement": [event("N1"), event("N2", 50), event("N3", is_new_disbursement=False)],
            "mart_loan_disbursement": [
                month(date(2022, 2, 1), 0, 0, 0),
                month(date(2022, 3, 1), 150, 150, 2),
            ],
        },
        0,
    ),
    (
        "mart_loan_disbursement_reconciles",
        {
            "dim_division": [TOWN],
            "fact_loan_disbursement": [event("N1"), event("N2", 50)],
            "mart_loan_disbursement": [month(date(2022, 3, 1), 150, 150, 1)],
        },
        1,
    ),
    *figure_check_cases.CASES,
    *reporting_check_cases.CASES,
    *loan_check_cases.CASES,
    *party_check_cases.CASES,
]


@pytest.mark.parametrize(
    ("name", "tables", "failed_rows"), CASES, ids=[f"{name}-{failed}" for name, _, failed in CASES]
)
def test_a_check_counts_the_rows_that_break_it(
    run_check: RunCheck, name: str, tables: dict[str, list[Row]], failed_rows: int
) -> None:
    result = run_check(name, **tables)
    assert (result.failed_rows, result.passed) == (failed_rows, failed_rows == 0)


def test_every_written_check_has_a_case() -> None:
    """Here, or in a module of its form's own beside this one or among those of the models."""
    folders = [ROOT / "tests" / "warehouse" / name for name in ("checks", "models")]
    tests = "".join(path.read_text("utf-8") for folder in folders for path in folder.glob("*.py"))
    written = {path.stem for path in table_checks.CHECKS.glob("*.sql")}
    assert {name for name in written if f'"{name}"' not in tests} == set()
