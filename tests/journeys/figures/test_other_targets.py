"""A district with other targets gives other figures: nothing agrees with the printed bulletin by a constant."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sample import Targets, write_sample
from tests.journeys.command import load, xiangcang

TARGETS = Targets(
    weak_party_orgs=9,
    rectification_measures=3,
    rectified_party_orgs=7,
    dispatched_cadres=14,
    party_orgs=240,
    party_orgs_with_points_ledger=231,
    secretaries_to_5_stars=150,
    secretaries_of_6_to_7_stars=60,
    secretaries_of_8_stars=4,
    secretary_files=229,
    grids=300,
    grid_party_groups=280,
    grid_workers=310,
    building_leaders=700,
    unit_leaders=1500,
    grid_issues_resolved=1234,
    member_points_stars=4,
    secretary_stars=7,
    grid_levels=4,
    leading_groups=3,
    policy_documents=5,
    sales_revenue_2022_yuan=Decimal("876543210.98"),
    output_value_2022_yuan=Decimal("765432109.87"),
    farmer_loan_amount_yuan=Decimal("4321000"),
    farmer_loan_households=71,
    villages_with_bus=88,
    villages_with_waste_collection=90,
    villages_with_daily_clearance=80,
    tourism_visits_2022=143_000,
    tourism_revenue_2022_yuan=Decimal("7012345.67"),
    pollution_free_products=31,
    green_food_products=22,
    organic_products=3,
    rapeseed_belt_sites=4,
    sorghum_belt_villages=6,
    beautiful_villages=5,
    villages_agglomeration=30,
    villages_suburban=15,
    villages_protection=7,
    villages_relocation=60,
    villages_other_class=11,
    waste_treated_pct=Decimal("91.2"),
    waste_chain_stages=5,
    sewage_project_villages=41,
    buses_in_operation=320,
    bus_companies=4,
    fiscal_funds_2022_yuan=Decimal(65_000_000),
    fiscal_funds_2021_yuan=Decimal(61_000_000),
    insurers=2,
    insured_sectors=1,
    credit_project_categories=2,
    income_components=3,
    credit_villages=17,
)
"""Every one of them another than the bulletin's."""

DECIDED_BY_NO_TARGET = {"F25", "F40", "F41", "F42"}
"""The clusters of the sample's enterprises, and the real division list."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("other")
    write_sample(home, seed=77, targets=TARGETS)
    return home


@pytest.fixture(scope="module")
def summary(home: Path) -> dict[str, Any]:
    return load(home)


def test_every_target_is_another_than_the_bulletins() -> None:
    default = Targets().as_text()

    assert [name for name, text in TARGETS.as_text().items() if text == default[name]] == []


def test_the_figures_that_a_load_ends_with_follow(summary: dict[str, Any]) -> None:
    figures = summary["figures"]

    assert figures["sales_revenue_yuan"] == 876543210.98
    assert figures["output_value_yuan"] == 765432109.87
    assert figures["villages_with_bus"] == 88
    loans = figures["farm_loans"]["rcb_yungang"]
    assert (loans["amount_yuan"], loans["households"]) == (4321000, 71)


def test_no_targeted_figure_agrees_with_the_printed_one(home: Path, summary: dict[str, Any]) -> None:
    compared = json.loads(xiangcang(home, "bulletin", "2022", "--compare", "--json"))

    assert len(compared) == 59
    assert {row["fig_id"] for row in compared if row["verdict"] == "agrees"} == DECIDED_BY_NO_TARGET
    assert [row["fig_id"] for row in compared if row["verdict"] == "no_form"] == []
    computed = {row["indicator"]: row["computed"] for row in compared}
    assert computed["grid_worker_count"] == 310
    assert computed["grid_issue_resolved_count"] == 1234
    assert computed["village_classified_count"] == 30 + 15 + 7 + 60 + 11
    assert computed["fiscal_rural_revitalization_fund"] == 65_000_000
    assert computed["rural_income_component"] == 3
