"""村庄分类, 人居环境 and 农村基础设施项目: facts, figures and marts on small tables."""

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
RunModel = Callable[..., list[Row]]
Given = Callable[..., Callable[[str], list[Row]]]

BASIS = date(2020, 6, 30)
GAOSHAN, VILLAGE = "140214101000", "140214101200"
UNTIL_2021 = {"lookup_from": date(1900, 1, 1), "lookup_to": date(2021, 10, 31)}
SINCE_2021 = {"lookup_from": date(2021, 10, 31), "lookup_to": date(9999, 12, 31)}
ALWAYS = {"lookup_from": date(1900, 1, 1), "lookup_to": date(9999, 12, 31)}
DIVISIONS = [
    {"division_key": "V@2020", "division_code": VILLAGE, "township_code": GAOSHAN} | UNTIL_2021,
    {"division_key": "V@2021", "division_code": VILLAGE, "township_code": GAOSHAN} | SINCE_2021,
    {"division_key": "T", "division_code": GAOSHAN, "township_code": GAOSHAN} | ALWAYS,
    {"division_key": "unknown", "division_code": "unknown", "township_code": "unknown"} | ALWAYS,
]
PERIODS = [
    {"period": "2022-06", "end_date": date(2022, 6, 30)},
    {"period": "2021", "end_date": date(2021, 12, 31)},
]


def picked(rows: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def classified(name: str, **fields: Any) -> Row:
    known = {"period": "2022", "village_name": name, "village_class": "其他类", "basis_date": BASIS}
    return known | fields


def test_a_classified_village_is_of_the_division_of_the_basis_date(run_model: RunModel) -> None:
    villages = run_model(
        "fact_village_class",
        staged_village_class=[
            classified("高山村", township_code=GAOSHAN, village_code=VILLAGE),
            classified("新村", township_code=GAOSHAN),
            classified("合成第121村"),
        ],
        dim_division=DIVISIONS,
    )
    assert picked(villages, "village_name", "township_code", "village_code", "division_key") == [
        ("新村", GAOSHAN, None, "T"),
        ("高山村", GAOSHAN, VILLAGE, "V@2020"),
        ("合成第121村", "unknown", None, "unknown"),
    ]


def test_classes_are_told_on_the_basis_that_they_were_made_on(given: Given) -> None:
    select = given(
        "village_classified_count",
        "village_class_relocation_count",
        staged_village_class=[
            classified("高山村", township_code=GAOSHAN, village_code=VILLAGE, reporter_code="gaoshan"),
            classified("合成第121村", reporter_code="gaoshan", village_class="搬迁撤并类"),
        ],
    )
    figures = select(
        "select indicator_code, division_name, basis, value from mart_figure where value > 0 and period = '2022' "
        "and indicator_code in ('village_classified_count', 'village_class_relocation_count') order by all",
    )
    assert [tuple(row.values()) for row in figures] == [
        ("village_class_relocation_count", "云冈区", "2020", 1),
        ("village_class_relocation_count", "未分乡镇", "2020", 1),
        ("village_classified_count", "云冈区", "2020", 2),
        ("village_classified_count", "未分乡镇", "2020", 1),
        ("village_classified_count", "高山村", "2020", 1),
        ("village_classified_count", "高山镇", "2020", 1),
    ]
    bases = select(
        "select basis from dim_indicator where indicator_code in "
        "('admin_village_count', 'toilet_renovated_count', 'village_classified_count') order by indicator_code",
    )
    assert picked(bases, "basis") == [("list",), ("period",), ("2020",)]


def test_a_months_environment_and_a_years_project_are_of_the_village_at_its_end(run_model: RunModel) -> None:
    month = {"period": "2022-06", "village_code": VILLAGE, "households": 90}
    [environment] = run_model(
        "fact_living_environment",
        staged_living_environment=[month],
        dim_period=PERIODS,
        dim_division=DIVISIONS,
    )
    project = {"period": "2021", "village_code": VILLAGE, "project_number": "2021-1001"}
    [carried_out] = run_model(
        "fact_infrastructure_project",
        staged_infrastructure_project=[project],
        dim_period=PERIODS,
        dim_division=DIVISIONS,
    )
    assert picked([environment], "year", "month", "division_key", "township_code") == [
        (2022, 6, "V@2021", GAOSHAN)
    ]
    assert picked([carried_out], "year", "division_key", "township_code") == [(2021, "V@2021", GAOSHAN)]


def environment(period: str, **fields: Any) -> Row:
    return {"reporter_code": "gaoshan", "period": period, "village_code": VILLAGE} | fields


def test_rates_are_of_the_last_month_and_toilets_of_all_months(given: Given) -> None:
    june = {"households": 100, "waste_collected_households": 50, "toilets_new_households": 3}
    december = {"households": 80, "waste_collected_households": 76, "toilets_new_households": 2}
    select = given(
        "rural_waste_treatment_rate",
        "village_daily_waste_clearance_rate",
        "toilet_renovated_count",
        "problem_toilet_fix_rate",
        staged_living_environment=[
            environment("2022-06", **june, problem_toilets_found=8, problem_toilets_fixed=1),
            environment("2022-12", **december, problem_toilets_fixed=5, has_daily_clearance=True),
        ],
    )
    figures = select(
        "select indicator_code, value from mart_figure where period = '2022' and division_level = 'town' "
        "and indicator_code in ('rural_waste_treatment_rate', 'village_daily_waste_clearance_rate', "
        "'toilet_renovated_count', 'problem_toilet_fix_rate') order by all",
    )
    assert [tuple(row.values()) for row in figures] == [
        ("problem_toilet_fix_rate", 75),
        ("rural_waste_treatment_rate", 95),
        ("toilet_renovated_count", 5),
        ("village_daily_waste_clearance_rate", 100),
    ]


def test_a_village_with_two_sewage_projects_counts_once(given: Given) -> None:
    project = {"reporter_code": "gaoshan", "period": "2022", "village_code": VILLAGE}
    kinds = ("污水治理", "污水治理", "巷巷通")
    select = given(
        *(f"{kind}_project_village_count" for kind in ("road", "sewage", "water_supply")),
        staged_infrastructure_project=[
            project | {"project_number": f"2022-{n}", "project_kind": kind} for n, kind in enumerate(kinds)
        ],
    )
    figures = select(
        "select indicator_code, value from mart_figure where period = '2022' and division_level = 'county' "
        "and indicator_code like '%project_village_count' order by all",
    )
    assert [tuple(row.values()) for row in figures] == [
        ("road_project_village_count", 1),
        ("sewage_project_village_count", 1),
        ("water_supply_project_village_count", 0),
    ]


def test_a_village_shows_its_class_its_latest_month_and_its_projects(run_model: RunModel) -> None:
    village = {"division_code": VILLAGE, "division_key": VILLAGE, "level": "village"}
    village |= {"township_code": GAOSHAN, "township_name": "高山镇"}
    of_village: dict[str, Any] = {"village_code": VILLAGE}
    june, december = ({"period": period, "year": int(period[:4])} for period in ("2022-06", "2022-12"))
    last_year = {"period": "2021-12", "year": 2021}
    villages = run_model(
        "mart_village_overview",
        dim_division=[village, village | {"division_code": "V2", "division_key": "V2"}],
        dim_division_basis=[{"division_key": key, "is_latest": True} for key in (VILLAGE, "V2")],
        fact_village_class=[
            of_village | {"year": 2021, "village_class": "其他类"},
            of_village | {"year": 2022, "village_class": "集聚提升类"},
            {"year": 2022, "village_class": "搬迁撤并类"},
        ],
        fact_living_environment=[
            of_village | last_year | {"toilets_new_households": 9},
            of_village | june | {"toilets_new_households": 3, "waste_collected_households": 40},
            of_village | december | {"toilets_new_households": 2, "waste_collected_households": 50},
        ],
        fact_infrastructure_project=[
            *(of_village | {"year": 2022, "project_number": number} for number in ("P1", "P2")),
            of_village | {"year": 2021, "project_number": "P1"},
        ],
    )
    names = ("village_class", "environment_month", "waste_collected_households", "toilets_new_households")
    assert picked(villages, "village_code", *names, "infrastructure_projects") == [
        (VILLAGE, "集聚提升类", "2022-12", 50, 5, 2),
        ("V2", None, None, None, None, 0),
    ]


def figure(indicator_code: str, value: str, **fields: Any) -> Row:
    township = {
        "division_code": GAOSHAN,
        "division_name": "高山镇",
        "division_level": "town",
        "status": "final",
    }
    of_year = {
        "indicator_code": indicator_code,
        "value": Decimal(value),
        "period": "2022",
        "period_grain": "year",
    }
    return township | of_year | {"basis": "period"} | fields


def test_a_townships_figures_of_a_year_stand_in_one_row(run_model: RunModel) -> None:
    scorecards = run_model(
        "mart_township_scorecard",
        mart_figure=[
            figure("agri_processing_sales_revenue", "1200.50"),
            figure("rural_waste_treatment_rate", "96.4012", status="provisional"),
            figure("toilet_renovated_count", "7"),
            figure("rural_tourism_visits", "30", period="2021"),
            figure("rural_tourism_visits", "9", period="2022-06", period_grain="month"),
            figure("rural_tourism_visits", "99", division_level="county"),
            figure("village_classified_count", "26", basis="2020", status="disputed"),
        ],
    )
    names = (
        "year",
        "township_name",
        "agri_sales_revenue_yuan",
        "waste_treatment_pct",
        "toilets_new_households",
    )
    assert picked(scorecards, *names, "rural_tourism_visits", "unsettled_figures") == [
        (2021, "高山镇", None, None, None, 30, 0),
        (2022, "高山镇", Decimal("1200.50"), Decimal("96.4012"), 7, None, 1),
    ]


@pytest.mark.parametrize(
    ("changes", "rule", "severity"),
    [
        ({"waste_collected_households": 91}, "row__waste_within_households", "reject"),
        ({"sewage_treated_households": 91}, "row__sewage_within_households", "reject"),
        ({"toilets_new_households": 91}, "row__toilets_new_within_households", "flag"),
        ({"cleaners": 0}, "row__daily_clearance_is_staffed", "flag"),
        ({"has_equipment": False}, "row__daily_clearance_is_staffed", "flag"),
        ({"cleaners": 0, "has_equipment": False, "has_daily_clearance": False}, None, None),
        ({"problem_toilets_fixed": 5}, None, None),
    ],
)
def test_rules_of_a_months_environment(changes: Row, rule: str | None, severity: str | None) -> None:
    sound = {"village_code": VILLAGE, "households": 90, "waste_collected_households": 90, "cleaners": 1}
    sound |= {"has_daily_clearance": True, "has_equipment": True, "has_rules": True}
    assert broken("living_environment", sound | changes) == ([(rule, severity)] if rule else [])


@pytest.mark.parametrize(
    ("completed", "expected"),
    [
        (None, []),
        (date(2022, 12, 31), []),
        (date(2023, 1, 1), [("row__completed_in_time", "reject")]),
        (date(2021, 12, 31), [("row__completed_in_the_year", "flag")]),
    ],
)
def test_rules_of_a_project(completed: date | None, expected: list[tuple[str, str]]) -> None:
    project = {"project_number": "2022-1001", "project_kind": "污水治理", "village_code": VILLAGE}
    row = project | {"period": "2022", "invested_yuan": Decimal(1), "completed_date": completed}
    assert broken("infrastructure_project", row) == expected


def broken(table: str, row: Row) -> list[tuple[str, str]]:
    """Rule and severity of each reason; numbers and texts that the row leaves out are 0 and plain."""
    schema = polars_schema(STAGED[table])
    plain = {
        name: 0 if dtype.is_integer() else "x" if dtype == pl.String else None
        for name, dtype in schema.items()
    }
    frame = pl.DataFrame([plain | {"contractor_name": None} | row], schema=schema)
    return split(frame, STAGED[table]).reasons.select("rule", "severity").rows()
