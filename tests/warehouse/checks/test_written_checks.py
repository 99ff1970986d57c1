"""Each written check finds what breaks its rule, and nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.check_result import CheckResult
from tests import ROOT
from tests.warehouse.checks import loan_check_cases, party_check_cases, reporting_check_cases
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


def figure(value: int, **fields: Any) -> Row:
    known = {"division_code": "T1", "division_level": "town", "period": "2022", "period_grain": "year"}
    return {"indicator_code": "agri_processing_sales_revenue", "value": Decimal(value)} | known | fields


def counted(amount: int, **fields: Any) -> Row:
    """A row that the figure of `figure` is counted from."""
    known = {"period": "2022", "basis": "period", "township_code": "T1", "year_role": "current"}
    row = {
        "indicator_code": figure(0)["indicator_code"],
        "term": "value",
        "aggregate": "sum",
        "is_counted": True,
    }
    return row | known | {"value": Decimal(amount)} | fields


def indicator(kind: str, unit: str) -> Row:
    return {"indicator_code": figure(0)["indicator_code"], "kind": kind, "unit": unit}


SHARE = [
    counted(1, term="numerator"),
    counted(1, term="numerator", is_counted=False),
    counted(1, term="denominator"),
    counted(2, term="denominator", township_code="T2"),
    counted(2, term="denominator"),
]
"""One of three, and what is not counted here."""


def processing_year(sales: int, output: int = 0) -> Row:
    yuan = {"sales_revenue_yuan": Decimal(sales), "output_value_yuan": Decimal(output)}
    return {"year": 2022, "township_code": "T1"} | yuan


def lent(month: str, yuan: int) -> Row:
    return {"township_code": "T1", "month_label": month, "farm_amount_yuan": Decimal(yuan)}


IN_APRIL = {"staged_table": "loan_note", "period": "2022-04", "year_role": "current"}
TOWN = {"division_key": "T1", "township_code": "T1"}
VILLAGES = [
    {"division_code": code, "level": "village", "township_code": "T1", "township_name": "高山镇"}
    | {"is_on_2022_basis": True}
    for code in ("V1", "V2")
]
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
        {"dim_division": VILLAGES, "mart_village_overview": [{"village_code": "V1"}, {"village_code": "V9"}]},
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
    (
        "figure_agrees_with_marts",
        {"mart_figure": [figure(100)], "mart_agri_processing": [processing_year(60), processing_year(40)]},
        1,
    ),
    (
        "figure_agrees_with_marts",
        {
            "mart_loan_disbursement": [lent("2022-03", 60), lent("2022-04", 5)],
            "dim_delivery_period": [IN_APRIL],
        },
        1,
    ),
    (
        "figure_agrees_with_marts",
        {
            "mart_figure": [figure(100), figure(7, indicator_code="agri_processing_output_value")],
            "mart_agri_processing": [processing_year(60, 7), processing_year(40)],
        },
        0,
    ),
    (
        "figure_rows_add_up",
        {
            "dim_indicator": [indicator("flow", "元")],
            "mart_figure": [figure(100, basis="period")],
            "mart_figure_row": [counted(60), counted(30), counted(10, is_counted=False)],
        },
        1,
    ),
    (
        "figure_rows_add_up",
        {
            "dim_indicator": [indicator("flow", "元")],
            "mart_figure": [figure(100, basis="period")],
            "mart_figure_row": [
                counted(60),
                counted(40),
                counted(7, period="2021"),
                counted(7, year_role="previous"),
            ],
        },
        0,
    ),
    (
        "figure_rows_add_up",
        {
            "dim_indicator": [indicator("stock", "户")],
            "mart_figure": [figure(3, basis="period")],
            "mart_figure_row": [
                counted(1, aggregate="count_distinct", counted_key=key) for key in ("a", "b", "a")
            ],
        },
        1,
    ),
    (
        "figure_rows_add_up",
        {
            "dim_indicator": [indicator("ratio", "%")],
            "mart_figure": [figure(0, basis="period") | {"value": Decimal("33.3333")}],
            "mart_figure_row": SHARE,
        },
        0,
    ),
    (
        "figure_rows_add_up",
        {
            "dim_indicator": [indicator("ratio", "%")],
            "mart_figure": [figure(0, basis="period") | {"value": Decimal("33.3334")}],
            "mart_figure_row": SHARE,
        },
        1,
    ),
    (
        "figure_rows_add_up",
        {
            "dim_indicator": [indicator("growth", "%")],
            "mart_figure": [figure(-50, basis="period")],
            "mart_figure_row": [counted(2, term="numerator"), counted(4, term="denominator")],
        },
        0,
    ),
    ("figure_rows_add_up", {"dim_indicator": [indicator("flow", "元")], "mart_figure": [figure(5)]}, 1),
    (
        "figure_parts_make_the_county",
        {
            "dim_indicator": [
                {"indicator_code": figure(0)["indicator_code"], "adds_up_over_divisions": True}
            ],
            "mart_figure": [
                figure(100) | {"division_level": "county"},
                figure(60) | {"division_code": "T1", "division_level": "town"},
                figure(30) | {"division_code": "unassigned", "division_level": "unassigned"},
            ],
        },
        1,
    ),
    (
        "figure_parts_make_the_county",
        {
            "dim_indicator": [
                {"indicator_code": figure(0)["indicator_code"], "adds_up_over_divisions": True}
            ],
            "mart_figure": [
                figure(100) | {"division_level": "county"},
                figure(100) | {"division_code": "T1", "division_level": "town"},
                figure(100) | {"division_code": "V1", "division_level": "village"},
            ],
        },
        0,
    ),
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
