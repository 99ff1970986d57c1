"""What a row on party organisations may say, and what it may not."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from schemas.field import columns, polars_schema
from schemas.lineage import Staged
from schemas.validate import split
from tests.district import STAGED

ID_NUMBER = "11010519491231002X"
ROWS: dict[str, dict[str, Any]] = {
    "party_org": {
        "org_code": "DZ0001",
        "org_name": "高山村党支部",
        "place_code": "140214101200",
        "org_type": "村",
        "has_points_ledger": True,
        "has_secretary_file": True,
        "term_start_date": date(2021, 10, 9),
    },
    "secretary_rating": {"org_code": "DZ0001", "secretary_key": ID_NUMBER, "star": 8},
    "weak_party_org": {
        "org_code": "DZ0001",
        "listed_date": date(2022, 3, 1),
        "measure_type": "措施一",
        "plan_number": "1号",
        "is_completed": True,
        "completed_date": date(2022, 9, 1),
        "is_cleared": True,
    },
    "dispatched_cadre": {
        "cadre_key": ID_NUMBER,
        "org_code": "DZ0001",
        "role": "组长",
        "dispatched_date": date(2022, 4, 1),
    },
    "member_points": {
        "member_key": ID_NUMBER,
        "org_code": "DZ0001",
        "opening_points": 20,
        "base_points": 10,
        "award_points": 5,
        "deducted_points": 2,
        "closing_points": 33,
        "star": 5,
    },
    "scheme": {"scheme_name": "网格党建组织架构", "item_order": 1, "item_name": "党小组"},
}
"""A row of each table that keeps every rule, of 2022 or its second quarter."""


def reasons(table: str, **changes: Any) -> list[tuple[str, str]]:
    model = STAGED[table]
    lineage = {c.name: "x" if c.dtype == pl.String else 1 for c in columns(Staged)}
    period = "2022-Q2" if table == "member_points" else "2022"
    row = lineage | {"period": period, "flags": None} | ROWS[table] | changes
    return (
        split(pl.DataFrame([row], schema=polars_schema(model)), model)
        .reasons.select("rule", "severity")
        .rows()
    )


@pytest.mark.parametrize("table", ROWS)
def test_a_row_that_keeps_every_rule_is_accepted(table: str) -> None:
    assert reasons(table) == []


@pytest.mark.parametrize(
    ("table", "changes", "rule"),
    [
        ("party_org", {"org_type": "党委", "place_code": None}, "org_type__isin"),
        ("party_org", {"org_name": "党支部13900001111"}, "org_name__no_personal_number"),
        ("party_org", {"term_start_date": date(2023, 1, 1)}, "row__term_begun"),
        ("secretary_rating", {"star": 9}, "star__less_than_or_equal_to"),
        ("secretary_rating", {"star": 22}, "star__less_than_or_equal_to"),
        ("secretary_rating", {"star": 0}, "star__greater_than_or_equal_to"),
        ("secretary_rating", {"secretary_key": "110105194912310021"}, "secretary_key__check_digit"),
        ("weak_party_org", {"is_completed": False, "is_cleared": False}, "row__completed_on"),
        ("weak_party_org", {"completed_date": None}, "row__completed_on"),
        ("weak_party_org", {"completed_date": date(2022, 2, 1)}, "row__completed_since_listed"),
        ("weak_party_org", {"completed_date": date(2023, 1, 1)}, "row__completed_since_listed"),
        ("weak_party_org", {"is_completed": False, "completed_date": None}, "row__cleared_when_completed"),
        ("weak_party_org", {"measure_type": "措施13900001111"}, "measure_type__no_personal_number"),
        ("weak_party_org", {"plan_number": "甲13900001111"}, "plan_number__no_personal_number"),
        ("scheme", {"item_name": "组保洁13900001111"}, "item_name__no_personal_number"),
        ("dispatched_cadre", {"dispatched_date": date(2023, 1, 1)}, "row__dispatched_by_now"),
        ("dispatched_cadre", {"cadre_key": "110105194912310021"}, "cadre_key__check_digit"),
        ("member_points", {"star": 6}, "star__less_than_or_equal_to"),
        ("member_points", {"member_key": "110105194912310021"}, "member_key__check_digit"),
        ("scheme", {"scheme_name": "别的制度"}, "scheme_name__isin"),
    ],
)
def test_a_row_is_rejected(table: str, changes: dict[str, Any], rule: str) -> None:
    assert reasons(table, **changes) == [(rule, "reject")]


def test_an_organisation_may_be_listed_before_the_year_of_its_ledger_but_not_after() -> None:
    assert reasons("weak_party_org", listed_date=date(2021, 3, 1)) == []
    undone = {"is_completed": False, "completed_date": None, "is_cleared": False}
    later = reasons("weak_party_org", listed_date=date(2023, 1, 1), **undone)
    assert later == [("row__listed_by_now", "reject")]


@pytest.mark.parametrize(
    ("table", "changes", "rule"),
    [
        ("party_org", {"org_type": "社区"}, "row__type_of_place"),
        ("party_org", {"place_code": "140214101001"}, "row__type_of_place"),
        ("member_points", {"closing_points": 34}, "row__points_add_up"),
        ("member_points", {"period": "2022-Q1"}, "row__year_from_nothing"),
    ],
)
def test_a_row_is_accepted_with_a_flag(table: str, changes: dict[str, Any], rule: str) -> None:
    assert reasons(table, **changes) == [(rule, "flag")]


def test_an_organisation_may_have_no_place_and_no_term() -> None:
    assert reasons("party_org", place_code=None, term_start_date=None) == []
