"""Cases of the written checks on figures: check, tables, and how many rows break it."""

from decimal import Decimal
from typing import Any

Row = dict[str, Any]


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

CASES: list[tuple[str, dict[str, list[Row]], int]] = [
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
]
