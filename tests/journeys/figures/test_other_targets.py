"""A district with other targets gives other figures: nothing agrees with the printed bulletin by a constant."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sample import Targets
from tests.journeys.command import load, xiangcang
from tests.other_targets import TARGETS

pytestmark = pytest.mark.long

DECIDED_BY_NO_TARGET = {"F25", "F40", "F41", "F42"}
"""The clusters of the sample's enterprises, and the real division list."""


@pytest.fixture(scope="module")
def home(other_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(other_sample, tmp_path_factory.mktemp("other") / "home"))


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
    assert (loans["amount_yuan"], loans["households"]) == (4321000.89, 71)


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
