"""Party organisations: where their facts lie, when a weak one is rectified, and how persons are counted."""

from collections.abc import Callable
from datetime import date
from typing import Any

Row = dict[str, Any]
Given = Callable[..., Callable[[str], list[Row]]]
RunModel = Callable[..., list[Row]]

GAOSHAN = "140214101000"
YEAR = {"period": "2022", "start_date": date(2022, 1, 1), "end_date": date(2022, 12, 31)}
VILLAGE = {
    "division_key": "140214101200@2021-10-31",
    "division_code": "140214101200",
    "township_code": GAOSHAN,
    "lookup_from": date(2021, 10, 31),
    "lookup_to": date(9999, 12, 31),
}
TOWN = VILLAGE | {"division_key": f"{GAOSHAN}@2021-10-31", "division_code": GAOSHAN}
FIGURES = (
    "select value, numerator, denominator from mart_figure where indicator_code = '{}' and period = '2022'"
)


def register(code: str, place: str | None = "140214101200", **fields: Any) -> Row:
    known = {"period": "2022", "reporter_code": "org_dept", "org_code": code, "place_code": place}
    return known | {"org_name": f"{code}党支部", "org_type": "村"} | fields


def measure(code: str, kind: str, done: bool = True, **fields: Any) -> Row:
    known = {"period": "2022", "reporter_code": "org_dept", "org_code": code, "measure_type": kind}
    return known | {"listed_date": date(2022, 3, 1), "is_completed": done, "is_cleared": done} | fields


def picked(rows: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_an_organisation_without_a_division_code_stays_at_the_unknown_one(run_model: RunModel) -> None:
    facts = run_model(
        "fact_party_org",
        staged_party_org=[register("DZ1"), register("DZ2", None)],
        dim_period=[YEAR],
        dim_division=[VILLAGE],
    )
    assert picked(facts, "org_code", "year", "division_key", "township_code") == [
        ("DZ1", 2022, "140214101200@2021-10-31", GAOSHAN),
        ("DZ2", 2022, "unknown", "unknown"),
    ]


def test_a_rating_lies_where_the_register_has_the_organisation(run_model: RunModel) -> None:
    rating = {"period": "2022", "star": 6}
    facts = run_model(
        "fact_secretary_rating",
        staged_secretary_rating=[rating | {"org_code": code} for code in ("DZ1", "DZ2", "DZ9")],
        staged_party_org=[register("DZ1"), register("DZ2", None)],
        dim_period=[YEAR],
        dim_division=[VILLAGE],
    )
    assert picked(facts, "org_code", "division_key", "star") == [
        ("DZ1", "140214101200@2021-10-31", 6),
        ("DZ2", "unknown", 6),
        ("DZ9", "unknown", 6),
    ]


def test_an_organisation_is_rectified_when_every_measure_is_completed_and_cleared(
    run_model: RunModel,
) -> None:
    rows = [
        measure("DZ1", "措施一"),
        measure("DZ1", "措施二"),
        measure("DZ2", "措施一"),
        measure("DZ2", "措施二", done=False),
        measure("DZ3", "措施一", is_cleared=False),
        measure("DZ4", "措施一", done=False, period="2021", listed_date=date(2021, 3, 1)),
        measure("DZ4", "措施一", listed_date=date(2021, 3, 1)),
    ]
    facts = run_model("fact_weak_party_org", staged_weak_party_org=rows)
    names = ("org_code", "measure_type", "year", "is_listed_in_year", "is_org_rectified")
    assert sorted(picked(facts, *names)) == [
        ("DZ1", "措施一", 2022, True, True),
        ("DZ1", "措施二", 2022, True, True),
        ("DZ2", "措施一", 2022, True, False),
        ("DZ2", "措施二", 2022, True, False),
        ("DZ3", "措施一", 2022, True, False),
        ("DZ4", "措施一", 2021, True, False),
        ("DZ4", "措施一", 2022, False, True),
    ]


def test_a_members_points_lie_in_the_township_that_reports_where_the_organisation_is_not_known(
    run_model: RunModel,
) -> None:
    points = {"period": "2022-Q3", "reporter_code": "gaoshan", "closing_points": 60}
    facts = run_model(
        "fact_member_points",
        staged_member_points=[points | {"org_code": "DZ1"}, points | {"org_code": "DZ9"}],
        staged_party_org=[register("DZ1")],
        ref_reporter=[{"reporter_code": "gaoshan", "division_code": GAOSHAN}],
        dim_period=[YEAR, {"period": "2022-Q3", "end_date": date(2022, 9, 30)}],
        dim_division=[VILLAGE, TOWN],
    )
    places = picked(facts, "org_code", "year", "quarter", "division_key", "township_code")
    assert sorted(places) == [
        ("DZ1", 2022, 3, "140214101200@2021-10-31", GAOSHAN),
        ("DZ9", 2022, 3, f"{GAOSHAN}@2021-10-31", GAOSHAN),
    ]


def test_completion_is_of_the_organisations_listed_in_the_year_not_of_their_measures(given: Given) -> None:
    listed_before = {"listed_date": date(2021, 3, 1)}
    rows = [
        *(measure("DZ1", kind) for kind in ("措施一", "措施二", "措施三")),
        measure("DZ2", "措施一", done=False),
        measure("DZ3", "措施一", done=False, **listed_before),
    ]
    select = given("rectification_completion_rate", staged_weak_party_org=rows)

    rate = select(FIGURES.format("rectification_completion_rate") + " and division_level = 'county'")
    assert picked(rate, "value", "numerator", "denominator") == [(50, 1, 2)]


def test_a_cadre_in_two_organisations_is_one_and_who_was_sent_before_is_not_counted(given: Given) -> None:
    posts = [("A", "DZ1", 2022), ("A", "DZ2", 2022), ("B", "DZ1", 2022), ("C", "DZ1", 2021)]
    rows = [
        {"period": "2022", "reporter_code": "org_dept", "cadre_key": cadre, "org_code": org}
        | {"dispatched_date": date(year, 4, 1)}
        for cadre, org, year in posts
    ]
    select = given("dispatched_cadre_count", staged_dispatched_cadre=rows)

    count = select(FIGURES.format("dispatched_cadre_count") + " and division_level = 'county'")
    assert picked(count, "value") == [(2,)]


def test_a_scheme_has_as_many_levels_as_it_lists(given: Given) -> None:
    items = [
        ("网格党建组织架构", 1, "党小组"),
        ("网格党建组织架构", 2, "党员中心户"),
        ("党员积分星级", 1, "一星"),
    ]
    rows = [
        {"period": "2022", "reporter_code": "org_dept", "scheme_name": scheme}
        | {"item_order": order, "item_name": name}
        for scheme, order, name in items
    ]
    select = given("grid_hierarchy_levels", staged_scheme=rows)

    levels = select(FIGURES.format("grid_hierarchy_levels") + " and division_level = 'county'")
    assert picked(levels, "value") == [(2,)]
