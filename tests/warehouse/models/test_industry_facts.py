"""Certified products, farming and village projects: their rules, facts, and the figures that are more than a sum."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sample import read_manifest
from schemas.validate import split
from tests.district import STAGED
from tests.warehouse.conftest import DISTRICT, filled
from tests.warehouse.figures.traced import rows_of, trace_in
from warehouse.database.query import query
from warehouse.database.store import Store

Row = dict[str, Any]
Given = Callable[..., Callable[[str], list[Row]]]
RunModel = Callable[..., list[Row]]
Ratios = Callable[..., dict[str, tuple[Any, ...]]]

COUNTY, GAOSHAN, KOUQUAN, VILLAGE = "140214000000", "140214101000", "140214200000", "140214101200"
YEAR_2022 = {"period": "2022", "end_date": date(2022, 12, 31)}
BUREAU = {"reporter_code": "agri_bureau", "division_code": COUNTY}
PLACES = [
    {"division_code": code, "division_key": code, "township_code": township, "canonical_name": code}
    | {"lookup_from": date(1900, 1, 1), "lookup_to": date(9999, 12, 31)}
    for code, township in ((COUNTY, None), (GAOSHAN, GAOSHAN), (VILLAGE, GAOSHAN))
]


def broken_rules(table: str, **fields: Any) -> list[tuple[str, str]]:
    """The rules that a row of these fields breaks, each with its severity."""
    reasons = split(filled(STAGED[table], [fields]), STAGED[table]).reasons
    return list(reasons.select("rule", "severity").iter_rows())


def certificate(certification: str, start: date, end: date | None, **fields: Any) -> Row:
    names = {"certificate_number": "LB-04-2201A", "product_name": "谷子", "holder_name": "某某合作社"}
    return names | {"certification": certification, "valid_from_date": start, "valid_to_date": end} | fields


@pytest.mark.parametrize(
    ("certification", "end", "broken"),
    [
        ("绿色食品", date(2025, 3, 14), []),
        ("绿色食品", date(2025, 3, 16), [("row__validity_within_term", "flag")]),
        ("无公害农产品", date(2025, 3, 15), []),
        ("有机产品", date(2023, 3, 14), []),
        ("有机产品", date(2025, 3, 14), [("row__validity_within_term", "flag")]),
        ("农产品地理标志", None, []),
        ("农产品地理标志", date(2042, 3, 14), []),
        ("绿色食品", None, [("row__validity_ends", "reject")]),
        ("绿色食品", date(2022, 3, 15), [("row__validity_in_order", "reject")]),
    ],
)
def test_a_certificate_is_valid_for_the_term_of_its_kind(
    certification: str, end: date | None, broken: list[tuple[str, str]]
) -> None:
    row = certificate(certification, date(2022, 3, 15), end)
    assert broken_rules("certified_product", **row) == broken


@pytest.mark.parametrize("number", ["13900001111", "999001198001019999", "99900119800101999X", "LB"])
def test_what_is_no_certificate_number_is_refused(number: str) -> None:
    row = certificate("绿色食品", date(2022, 1, 1), date(2024, 1, 1), certificate_number=number)
    assert broken_rules("certified_product", **row) == [("certificate_number__str_matches", "reject")]


@pytest.mark.parametrize("number", ["WGH-SX04-2101234", "LB-03-21010401234A", "001OP1200123", "AGI00123"])
def test_the_numbers_of_every_kind_of_certificate_are_taken(number: str) -> None:
    row = certificate("绿色食品", date(2022, 1, 1), date(2024, 1, 1), certificate_number=number)
    assert broken_rules("certified_product", **row) == []


@pytest.mark.parametrize(
    ("start", "end", "is_valid"),
    [
        (date(2022, 12, 31), date(2025, 12, 30), True),
        (date(2020, 1, 1), date(2022, 12, 31), True),
        (date(2020, 1, 1), date(2022, 12, 30), False),
        (date(2023, 1, 1), date(2025, 12, 31), False),
        (date(2015, 1, 1), None, True),
    ],
)
def test_a_certificate_is_valid_from_its_first_day_to_its_last(
    run_model: RunModel, start: date, end: date | None, is_valid: bool
) -> None:
    row = certificate("农产品地理标志", start, end) | {"reporter_code": "agri_bureau", "period": "2022"}
    (fact,) = run_model(
        "fact_certified_product",
        staged_certified_product=[row],
        dim_period=[YEAR_2022],
        ref_reporter=[BUREAU],
        dim_division=PLACES,
    )
    assert (fact["as_of_date"], fact["is_valid_on_as_of"]) == (date(2022, 12, 31), is_valid)


def test_a_certificate_without_a_township_is_the_countys(run_model: RunModel) -> None:
    rows = [
        certificate("绿色食品", date(2022, 1, 1), date(2024, 1, 1), certificate_number=f"LB-{n}")
        | {"reporter_code": "agri_bureau", "period": "2022", "township_code": township}
        for n, township in enumerate([GAOSHAN, None])
    ]
    facts = run_model(
        "fact_certified_product",
        staged_certified_product=rows,
        dim_period=[YEAR_2022],
        ref_reporter=[BUREAU],
        dim_division=PLACES,
    )
    assert {fact["division_key"]: fact["township_code"] for fact in facts} == {COUNTY: None, GAOSHAN: GAOSHAN}


@pytest.mark.parametrize(
    ("reported", "broken"),
    [
        ({"sown_area_mu": 900, "grain_sown_area_mu": 900, "grain_output_tonnes": 400}, []),
        ({"sown_area_mu": 900, "grain_sown_area_mu": 901}, [("row__grain_within_sown_area", "reject")]),
        ({"sown_area_mu": 100, "grain_sown_area_mu": 100, "grain_output_tonnes": 120}, []),
        (
            {"sown_area_mu": 100, "grain_sown_area_mu": 100, "grain_output_tonnes": 400},
            [("row__grain_per_mu", "flag")],
        ),
        ({"grain_output_tonnes": 1}, [("row__grain_per_mu", "flag")]),
        ({"dairy_cow_heads": 10, "milk_output_tonnes": 130}, []),
        ({"dairy_cow_heads": 10, "milk_output_tonnes": 131}, [("row__milk_per_cow", "flag")]),
        ({"dairy_cow_heads": None, "milk_output_tonnes": 1}, [("row__milk_per_cow", "flag")]),
        ({"dairy_cow_heads": 10, "milk_output_tonnes": None}, []),
    ],
)
def test_what_farming_can_bring(reported: Row, broken: list[tuple[str, str]]) -> None:
    amounts = {
        name: Decimal(value) if value and name[-6:] != "_heads" else value for name, value in reported.items()
    }
    assert broken_rules("agri_output", village_code=VILLAGE, **amounts) == broken


@pytest.mark.parametrize(
    ("kind", "village", "area", "broken"),
    [
        ("油菜花观光农业带", None, 80, []),
        ("油菜花观光农业带", None, None, [("row__area_of_belt", "flag")]),
        ("酿酒高粱观光农业带", None, 80, [("row__village_stated", "reject")]),
        ("美丽宜居乡村", VILLAGE, None, []),
        ("乡村绿化", None, None, [("row__village_stated", "reject")]),
        ("六乡提质", None, None, []),
    ],
)
def test_a_project_of_villages_names_its_village_and_a_belt_its_area(
    kind: str, village: str | None, area: int | None, broken: list[tuple[str, str]]
) -> None:
    row = {"project_kind": kind, "site_name": "云冈石窟", "status": "在建", "village_code": village}
    assert broken_rules("village_project", **row, area_mu=area and Decimal(area)) == broken


def test_a_site_that_is_no_village_is_the_countys(run_model: RunModel) -> None:
    plain: Row = {"reporter_code": "agri_bureau", "period": "2022", "project_kind": "油菜花观光农业带"}
    rows = [
        plain | {"site_name": name, "village_code": village}
        for name, village in (("云冈石窟", None), ("高山村", VILLAGE))
    ]
    facts = run_model(
        "fact_village_project",
        staged_village_project=rows,
        dim_period=[YEAR_2022],
        ref_reporter=[BUREAU],
        dim_division=PLACES,
    )
    places = {fact["site_name"]: (fact["division_key"], fact["township_code"]) for fact in facts}
    assert places == {"云冈石窟": (COUNTY, None), "高山村": (VILLAGE, GAOSHAN)}


@pytest.fixture
def ratios(given: Given) -> Ratios:
    """processing_to_agri_output_ratio of 2022 by division: value, numerator, denominator and status.

    processing: quarter and output value by township; farming: output value of its village; owed: townships
    that owe the farming form of 2022, and whether it is due.
    """

    def run(
        processing: dict[str, tuple[str, int]], farming: dict[str, int], owed: dict[str, bool]
    ) -> dict[str, tuple[Any, ...]]:
        township = {"name": "口泉乡", "canonical_name": "口泉乡", "level": "township", "parent_code": COUNTY}
        village = {
            "name": "口泉村委会",
            "canonical_name": "口泉村",
            "level": "village",
            "parent_code": KOUQUAN,
        }
        select = given(
            "processing_to_agri_output_ratio",
            ref_division=[
                *DISTRICT["ref_division"],
                township | {"division_code": KOUQUAN},
                village | {"division_code": "140214200200"},
            ],
            ref_reporter=[
                {"reporter_code": code, "name": code, "kind": "township", "division_code": division}
                for code, division in (("gaoshan", GAOSHAN), ("kouquan", KOUQUAN))
            ],
            staged_agri_processing=[
                {"reporter_code": code, "period": period, "credit_code": code, "enterprise_name": code}
                | {"output_value_ytd_yuan": Decimal(value)}
                for code, (period, value) in processing.items()
            ],
            staged_agri_output=[
                {"reporter_code": code, "period": "2022", "gross_output_value_yuan": Decimal(value)}
                | {"village_code": VILLAGE if code == "gaoshan" else "140214200200"}
                for code, value in farming.items()
            ],
            source_expected_delivery=[
                {"staged_table": table, "reporter_code": code, "period": period, "is_due": is_due}
                | {"period_end_date": date(2022, 12, 31), "due_date": date(2023, 1, 31)}
                for code, is_due in owed.items()
                for table, period in (("agri_output", "2022"), ("agri_processing", "2022-Q4"))
            ],
        )
        figures = select(
            "select * from mart_figure where indicator_code = 'processing_to_agri_output_ratio' and period = '2022'",
        )
        names = ("value", "numerator", "denominator", "status")
        return {row["division_code"]: tuple(row[name] for name in names) for row in figures}

    return run


BOTH_PROCESS = {"gaoshan": ("2022-Q4", 300), "kouquan": ("2022-Q4", 50)}
BOTH_OWE = {"gaoshan": True, "kouquan": True}


def test_processing_is_told_as_a_multiple_of_farming_over_both_forms(ratios: Ratios) -> None:
    assert ratios(BOTH_PROCESS, {"gaoshan": 100, "kouquan": 100}, BOTH_OWE) == {
        COUNTY: (Decimal("1.75"), Decimal(350), Decimal(200), "final"),
        GAOSHAN: (Decimal(3), Decimal(300), Decimal(100), "final"),
        KOUQUAN: (Decimal("0.5"), Decimal(50), Decimal(100), "final"),
    }


def test_a_township_that_lacks_either_form_makes_it_incomplete(ratios: Ratios) -> None:
    without_farming = ratios(BOTH_PROCESS, {"gaoshan": 100}, BOTH_OWE)
    assert {code: status for code, (*_, status) in without_farming.items()} == {
        COUNTY: "incomplete", GAOSHAN: "final",
    }  # fmt: skip
    farming = {"gaoshan": 100, "kouquan": 100}
    without_processing = ratios({"gaoshan": ("2022-Q4", 300)}, farming, BOTH_OWE)
    assert {code: status for code, (*_, status) in without_processing.items()} == {
        COUNTY: "incomplete", GAOSHAN: "final",
    }  # fmt: skip


def test_it_is_of_the_townships_that_sent_both_and_provisional_while_a_form_is_not_due(
    ratios: Ratios,
) -> None:
    not_due = {"gaoshan": True, "kouquan": False}
    by_division = ratios(BOTH_PROCESS, {"gaoshan": 100}, not_due)
    assert by_division[COUNTY] == (Decimal(3), Decimal(300), Decimal(100), "provisional")


def test_without_any_farming_there_is_nothing_to_compare_with(ratios: Ratios) -> None:
    assert ratios(BOTH_PROCESS, {}, BOTH_OWE) == {}


def test_the_ratio_of_the_sample_is_traced_to_the_cells_of_both_forms(sample_home: Path) -> None:
    store = Store(sample_home)
    figure = "processing_to_agri_output_ratio", "2022"

    assert trace_in(store, *figure).adds_up
    tables = {term: set(rows["staged_table"]) for term, rows in rows_of(store, *figure).items()}
    assert tables == {"numerator": {"agri_processing"}, "denominator": {"agri_output"}}


def test_the_samples_figures_are_its_targets(sample_home: Path) -> None:
    targets = {
        "certified_pollution_free_count": "pollution_free_products",
        "certified_green_food_count": "green_food_products",
        "certified_organic_count": "organic_products",
        "sightseeing_belt_site_count": "rapeseed_belt_sites",
        "sorghum_belt_village_count": "sorghum_belt_villages",
        "beautiful_village_count": "beautiful_villages",
    }
    county_figures = query(
        Store(sample_home),
        "select indicator_code, value, status from mart_figure where period = '2022' and division_level = 'county'",
    )
    figures = {code: (value, status) for code, value, status in county_figures.iter_rows() if code in targets}
    expected = read_manifest(sample_home).targets
    assert figures == {code: (Decimal(expected[name]), "final") for code, name in targets.items()}
