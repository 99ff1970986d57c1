"""The public surface: dimensions and marts do not change without a line in the changelog."""

import re

from schemas.catalogue import read_stock
from tests import ROOT
from warehouse.reports.surface import public_surface

RELEASED = (ROOT / "docs/surface.txt").read_text("utf-8")
NOW = public_surface(read_stock())
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
UNRELEASED = CHANGELOG.split("\n## ")[1]


def test_what_changed_since_the_release_is_named_in_the_changelog() -> None:
    changed = [line.split()[0] for line in set(RELEASED.splitlines()) ^ set(NOW.splitlines())]
    unnamed = {
        name
        for name in changed
        if not all(re.search(rf"`{re.escape(part)}`", UNRELEASED) for part in name.split("."))
    }
    assert unnamed == set(), "name table and column, each in backticks, under Unreleased"


def test_a_line_is_a_column_with_its_type_and_whether_it_is_of_the_key() -> None:
    lines = NOW.splitlines()
    assert "dim_period.period varchar key" in lines
    assert "dim_period.quarter integer" in lines
    assert "mart_figure.value decimal(18,4)" in lines


def test_columns_stand_in_their_order_and_tables_that_only_make_others_are_left_out() -> None:
    tables = {line.split(".")[0] for line in NOW.splitlines()}
    assert {"dim_division", "mart_figure", "mart_figure_cell", "mart_village_overview"} <= tables
    assert {name.split("_")[0] for name in tables} == {"dim", "mart"}
    assert not tables & {"mart_figure_amount", "mart_delivered_place", "dim_delivery_pair"}
    periods = [line.split()[0].split(".")[1] for line in NOW.splitlines() if line.startswith("dim_period.")]
    assert periods[:5] == ["period", "grain", "year", "quarter", "month"]
