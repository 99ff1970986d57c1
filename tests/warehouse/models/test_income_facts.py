"""Funds, insurance, credit, household income and monitored households: their rules, facts and figures."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from schemas.field import polars_schema
from schemas.validate import split
from tests.district import STAGED

Row = dict[str, Any]
Given = Callable[..., Callable[[str], list[Row]]]
COUNTY, GAOSHAN, VILLAGE = "140214000000", "140214101000", "140214101200"
PLACES = [
    {"division_key": f"{code}@2021", "division_code": code, "township_code": township}
    | {"lookup_from": date(1900, 1, 1), "lookup_to": date(9999, 12, 31)}
    for code, township in ((COUNTY, None), (GAOSHAN, GAOSHAN), (VILLAGE, GAOSHAN))
]
PERIODS = [
    {"period": "2022", "end_date": date(2022, 12, 31)},
    {"period": "2022-Q3", "end_date": date(2022, 9, 30)},
]
REPORTERS = [{"reporter_code": "bureau", "division_code": COUNTY}]


def broken(table: str, row: Row) -> list[tuple[str, str]]:
    """The rules of the row, beyond what must be filled, that it breaks, each with its severity."""
    schema = polars_schema(STAGED[table])
    reasons = split(pl.DataFrame([row], schema=schema), STAGED[table]).reasons
    return [
        (rule, severity)
        for rule, severity in reasons.select("rule", "severity").iter_rows()
        if not rule.endswith("__required")
    ]


FUND = {
    "project_number": "XJ2022-001",
    "level": "区级",
    "project_name": "产业路硬化",
    "budgeted_yuan": Decimal(100),
}
POLICY = {
    "sector": "种植业", "insured_area_mu": Decimal("12.5"), "premium_yuan": Decimal(90), "claim_count": 0,
    "claims_yuan": Decimal(0),
}  # fmt: skip
APPLICATION = {
    "applicant_name": "合成杂粮专业合作社",
    "status": "已批复",
    "applied_yuan": Decimal(50),
    "granted_yuan": Decimal(40),
}
CREDIT = {
    "filed_households": 10, "rated_households": 8, "granted_households": 5, "drawn_households": 2,
    "granted_yuan": Decimal(900), "drawn_yuan": Decimal(300), "is_credit_village": True,
}  # fmt: skip
INCOME = {
    "resident_persons": 2, "wage_income_yuan": Decimal(9000), "business_income_yuan": Decimal(-500),
    "property_income_yuan": Decimal("0.01"), "transfer_income_yuan": Decimal(1000),
    "disposable_income_yuan": Decimal("9500.01"),
}  # fmt: skip
MONITORED = {"period": "2022-Q3", "found_date": date(2022, 9, 30), "is_helped": True}
SURVEYED = {"surveyed_persons": 20, "satisfied_persons": 20}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("fiscal_fund", FUND | {"paid_yuan": Decimal(100)}),
        ("insurance_policy", POLICY),
        ("insurance_policy", POLICY | {"sector": "畜牧业", "insured_area_mu": None, "insured_head": 9}),
        ("credit_application", APPLICATION),
        ("credit_application", APPLICATION | {"status": "审批中", "granted_yuan": None}),
        ("village_credit", CREDIT),
        ("income_survey", INCOME),
        ("monitored_household", MONITORED | {"cleared_date": date(2022, 9, 30)}),
        ("satisfaction_survey", SURVEYED),
    ],
)
def test_a_plausible_row_breaks_no_rule(table: str, row: Row) -> None:
    assert broken(table, row) == []


@pytest.mark.parametrize(
    ("table", "row", "rule", "severity"),
    [
        ("fiscal_fund", FUND | {"paid_yuan": Decimal("100.01")}, "row__paid_within_budget", "reject"),
        ("insurance_policy", POLICY | {"insured_head": 9}, "row__measured_by_sector", "reject"),
        ("insurance_policy", POLICY | {"insured_area_mu": None}, "row__measured_by_sector", "reject"),
        ("insurance_policy", POLICY | {"sector": "畜牧业"}, "row__measured_by_sector", "reject"),
        ("insurance_policy", POLICY | {"claim_count": 1}, "row__claims_have_cases", "reject"),
        ("credit_application", APPLICATION | {"applicant_name": "王某某某"}, "applicant_name__str_matches", "reject"),
        ("credit_application", APPLICATION | {"granted_yuan": None}, "row__granted_when_approved", "reject"),
        ("credit_application", APPLICATION | {"status": "未通过"}, "row__granted_when_approved", "reject"),
        ("credit_application", APPLICATION | {"granted_yuan": Decimal(51)}, "row__granted_within_applied", "reject"),
        ("village_credit", CREDIT | {"drawn_households": 6}, "row__households_narrow_down", "reject"),
        ("village_credit", CREDIT | {"rated_households": 11}, "row__households_narrow_down", "reject"),
        ("village_credit", CREDIT | {"drawn_yuan": Decimal(901)}, "row__drawn_within_granted", "reject"),
        ("village_credit", CREDIT | {"drawn_yuan": Decimal(0)}, "row__amounts_have_households", "reject"),
        ("village_credit", CREDIT | {"filed_households": 17}, "row__credit_village_is_rated", "flag"),
        ("income_survey", INCOME | {"transfer_income_yuan": Decimal("1000.01")}, "row__components_add_up", "reject"),
        ("income_survey", INCOME | {"resident_persons": 10}, "row__income_per_person", "flag"),
        ("monitored_household", MONITORED | {"cleared_date": date(2022, 9, 29)}, "row__cleared_after_found", "reject"),
        ("monitored_household", MONITORED | {"found_date": date(2022, 10, 1)}, "row__dated_by_quarter_end", "reject"),
        ("monitored_household", MONITORED | {"cleared_date": date(2022, 10, 1)}, "row__dated_by_quarter_end", "reject"),
        (
            "monitored_household",
            MONITORED | {"cleared_date": date(2022, 9, 30), "is_helped": False},
            "row__cleared_with_help",
            "flag",
        ),
        ("satisfaction_survey", SURVEYED | {"satisfied_persons": 21}, "row__satisfied_within_surveyed", "reject"),
        ("satisfaction_survey", {"surveyed_persons": 9, "satisfied_persons": 9}, "surveyed_persons__enough", "flag"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_right_is_told_by_its_rule(
    table: str, row: Row, rule: str, severity: str
) -> None:
    assert broken(table, row) == [(rule, severity)]


@pytest.mark.parametrize(
    ("table", "field", "place"),
    [("fiscal_fund", "township_code", GAOSHAN), ("insurance_policy", "village_code", VILLAGE)],
)
def test_what_has_no_place_of_its_own_is_the_countys(
    run_model: Callable[..., list[Row]], table: str, field: str, place: str
) -> None:
    row = {"reporter_code": "bureau", "period": "2022"}
    facts = run_model(
        f"fact_{table}",
        dim_period=PERIODS,
        ref_reporter=REPORTERS,
        dim_division=PLACES,
        **{f"staged_{table}": [row | {"sheet_row": 1, field: place}, row | {"sheet_row": 2}]},
    )
    at = {row["sheet_row"]: (row["division_key"], row["township_code"]) for row in facts}
    assert at == {1: (f"{place}@2021", GAOSHAN), 2: (f"{COUNTY}@2021", None)}


def test_a_sampled_household_stands_for_the_county_and_not_for_its_township(
    run_model: Callable[..., list[Row]],
) -> None:
    (fact,) = run_model(
        "fact_income_survey",
        staged_income_survey=[{"reporter_code": "bureau", "period": "2022", "township_code": GAOSHAN}],
        dim_period=PERIODS,
        ref_reporter=REPORTERS,
        dim_division=PLACES,
    )
    assert fact["division_key"] == f"{COUNTY}@2021"
    assert "township_code" not in fact


def test_income_per_person_is_weighted_and_its_cells_show_what_was_reported(given: Given) -> None:
    def household(number: str, weight: str, persons: int, yuan: str) -> Row:
        return {
            "reporter_code": "rcb", "period": "2022", "household_key": number, "township_code": GAOSHAN,
            "weight": Decimal(weight), "resident_persons": persons, "disposable_income_yuan": Decimal(yuan),
            "delivery_id": "survey", "sheet_row": persons,
        }  # fmt: skip

    select = given(
        "rural_disposable_income_per_capita",
        staged_income_survey=[household("a", "1.50", 1, "30000.10"), household("b", "0.50", 3, "12000.00")],
        source_field_place=[
            {"delivery_id": "survey", "field": "disposable_income_yuan"}
            | {"column_letters": "J", "unit_scale": Decimal(10000)}
        ],
    )
    where = "where indicator_code = 'rural_disposable_income_per_capita'"
    (figure,) = select(f"select value, numerator, denominator, division_level from mart_figure {where}")
    assert tuple(figure.values()) == (Decimal("17000.0500"), Decimal("51000.15"), 3, "county")
    cells = select(
        f"select parsed_value, stored_number, value from mart_figure_cell {where} and term = 'numerator' order by sheet_row",
    )
    assert [tuple(row.values()) for row in cells] == [
        ("30000.10", Decimal("3.000010"), Decimal("45000.1500")),
        ("12000.00", Decimal("1.200000"), Decimal("6000.0000")),
    ]


def test_a_cleared_household_is_still_counted_and_no_longer_at_risk(given: Given) -> None:
    def household(number: str, cleared: date | None) -> Row:
        return {
            "reporter_code": "rcb", "period": "2022-Q4", "household_key": number, "village_code": VILLAGE,
            "category": "边缘易致贫户", "cleared_date": cleared,
        }  # fmt: skip

    codes = [f"monitored_household_{what}" for what in ("count", "at_risk_count", "cleared_rate")]
    select = given(
        *codes,
        staged_monitored_household=[
            household("a", None), household("b", date(2022, 5, 1)), household("c", date(2022, 6, 1)),
            household("d", date(2022, 7, 1)),
        ]
    )  # fmt: skip
    figures = select(
        "select indicator_code, value from mart_figure where period = '2022' and division_level = 'county' "
        "and indicator_code like 'monitored%'",
    )
    assert {row["indicator_code"]: row["value"] for row in figures} == {
        "monitored_household_count": 4,
        "monitored_household_at_risk_count": 1,
        "monitored_household_cleared_rate": 75,
    }
