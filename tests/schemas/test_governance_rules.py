"""Rules of the forms of grids, supervision and documents, on rows that break one each."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from schemas.field import columns, polars_schema
from schemas.validate import split
from tests.district import STAGED

GRID = {
    "grid_code": "140214101200001",
    "grid_name": "高山村第1网格",
    "place_code": "140214101200",
    "has_party_group": True,
    "party_group_name": "高山村第1网格党小组",
    "households": 80,
    "party_centre_households": 2,
    "buildings": None,
}
PERSON = {
    "person_key": "11010519491231002X",
    "role": "单元长",
    "grid_code": "140214101200001",
    "employment": None,
    "building_number": "3号楼",
    "unit_number": "1单元",
}
TICKET = {
    "period": "2022-06",
    "ticket_number": "WG202206-00012",
    "grid_code": "140214101200001",
    "place_code": "140214101200",
    "category": "环境卫生",
    "opened_date": date(2022, 5, 30),
    "closed_date": date(2022, 6, 2),
    "is_resolved": True,
}
PAIRING = {
    "leader_key": "11010519491231002X",
    "leader_post": "区级副职",
    "village_code": "140214101200",
    "visits": 12,
}
SUPERVISION = {
    "period": "2022-Q2",
    "item_number": "云农督〔2022〕7号",
    "kind": "督查指导",
    "item_date": date(2022, 6, 30),
    "township_code": "140214101000",
    "problems_found": 3,
    "problems_rectified": 3,
}
GROUP = {
    "group_name": "区委农村工作领导小组",
    "head_posts": "区委书记、区长",
    "office_name": "区委农村工作领导小组办公室",
    "is_staff_shared": True,
}
DOCUMENT = {
    "document_number": "云农组发〔2022〕1号",
    "document_title": "关于全面推进乡村振兴的实施意见",
    "package_code": "1+3+1",
    "issued_date": date(2022, 3, 1),
    "issuer_name": "区委农村工作领导小组",
}
SOUND: dict[str, dict[str, Any]] = {
    "grid": GRID,
    "grid_person": PERSON,
    "grid_issue": TICKET,
    "leadership_pairing": PAIRING,
    "work_supervision": SUPERVISION,
    "leading_group": GROUP,
    "policy_document": DOCUMENT,
}


def broken(table: str, **changes: Any) -> list[str]:
    """The rules that the sound row breaks once these fields are changed."""
    model = STAGED[table]
    lineage = {column.name: 1 if column.dtype == pl.Int32 else "2022" for column in columns(model)}
    row = (
        {name: value for name, value in lineage.items() if name not in SOUND[table]} | SOUND[table] | changes
    )
    return split(pl.DataFrame([row], schema=polars_schema(model)), model).reasons["rule"].to_list()


@pytest.mark.parametrize("table", SOUND)
def test_a_sound_row_breaks_no_rule(table: str) -> None:
    assert broken(table) == []


@pytest.mark.parametrize(
    ("table", "changes", "rule"),
    [
        ("grid", {"grid_code": "1402141012"}, "grid_code__str_matches"),
        ("grid", {"grid_code": "140214101201001"}, "row__code_of_place"),
        ("grid", {"has_party_group": False}, "row__group_before_its_name"),
        ("grid", {"party_group_name": "高山村党支部"}, "party_group_name__names_a_group"),
        ("grid", {"party_centre_households": 81}, "row__centre_within_households"),
        ("grid", {"grid_name": "张某13900001111"}, "grid_name__no_personal_number"),
        ("grid_person", {"person_key": "110105194912310021"}, "person_key__check_digit"),
        ("grid_person", {"building_number": None}, "row__leader_has_building"),
        ("grid_person", {"unit_number": None}, "row__unit_leader_has_unit"),
        ("grid_person", {"role": "网格员"}, "row__worker_employed"),
        ("grid_issue", {"place_code": "140214101000"}, "place_code__village_or_community"),
        ("grid_issue", {"is_resolved": False}, "row__closed_when_resolved"),
        ("grid_issue", {"closed_date": None}, "row__closed_when_resolved"),
        ("grid_issue", {"opened_date": date(2022, 6, 3)}, "row__closed_after_opened"),
        ("grid_issue", {"period": "2022-07"}, "row__closed_in_month"),
        ("grid_issue", {"category": "闲事"}, "category__isin"),
        ("leadership_pairing", {"leader_post": "张某"}, "leader_post__isin"),
        ("work_supervision", {"item_date": date(2022, 7, 1)}, "row__dated_in_quarter"),
        ("work_supervision", {"problems_rectified": 4}, "row__rectified_within_found"),
        ("work_supervision", {"township_code": None}, "row__supervision_says_where"),
        ("work_supervision", {"item_number": "张某13900001111"}, "item_number__str_matches"),
        ("leading_group", {"head_posts": "张某某"}, "head_posts__str_matches"),
        ("leading_group", {"office_name": None}, "row__shared_staff_has_office"),
        ("policy_document", {"package_code": "5"}, "package_code__str_matches"),
        ("policy_document", {"issued_date": date(2023, 1, 4)}, "row__issued_by_year_end"),
    ],
)
def test_a_row_that_breaks_a_rule_has_it_as_a_reason(table: str, changes: dict[str, Any], rule: str) -> None:
    assert rule in broken(table, **changes)


def test_a_ticket_that_is_opened_after_its_month_breaks_that_rule_alone() -> None:
    late = {"opened_date": date(2022, 7, 1), "closed_date": None, "is_resolved": False}
    assert broken("grid_issue", **late) == ["row__opened_by_month_end"]


def test_a_circular_may_be_to_all_and_list_no_problems() -> None:
    to_all = {"township_code": None, "problems_found": None, "problems_rectified": None}
    assert broken("work_supervision", kind="工作通报", **to_all) == []
