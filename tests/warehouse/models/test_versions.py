"""Versions of enterprises, party organisations and reporters: what each period's rows see of them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.warehouse.periods import period_rows
from tests.warehouse.two_townships import DEEP, DIVISIONS, FAR, GAOSHAN, HIGH, KOUQUAN, Figures

Row = dict[str, Any]
Given = Callable[..., Callable[[str], list[Row]]]
RunModel = Callable[..., list[Row]]

YEARS = ("2019", "2020", "2021", "2022", "2023")
QUARTERS = [f"{year}-Q{quarter}" for year in (2021, 2022) for quarter in (1, 2, 3, 4)]
PERIODS = period_rows(*YEARS, *QUARTERS)
EVER = date(1900, 1, 1), date(9999, 12, 31)


def enterprise(period: str, name: str, code: str = "E1", **fields: Any) -> Row:
    amounts = {"sales_revenue_ytd_yuan": Decimal(1), "output_value_ytd_yuan": Decimal(1)}
    known = {"credit_code": code, "period": period, "enterprise_name": name, "reporter_code": "gaoshan"}
    return known | {"cluster": "酿品", "leading_level": "市级"} | amounts | fields


def organisation(period: str, place: str | None, **fields: Any) -> Row:
    known = {"period": period, "reporter_code": "org_dept", "org_code": "DZ1", "place_code": place}
    return known | {"org_name": "某村党支部", "org_type": "村"} | fields


def weak(period: str) -> Row:
    known = {"period": period, "reporter_code": "org_dept", "org_code": "DZ1", "measure_type": "措施一"}
    return known | {"listed_date": date(int(period), 3, 1)}


def picked(rows: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


@pytest.fixture
def enterprises(run_model: RunModel) -> Callable[..., list[tuple[Any, ...]]]:
    """Name, validity, and first and last period of each version that the reports give."""

    def run(*reports: Row) -> list[tuple[Any, ...]]:
        rows = run_model("dim_enterprise", staged_agri_processing=list(reports), dim_period=PERIODS)
        return picked(rows, "enterprise_name", "valid_from", "valid_to", "first_period", "last_period")

    return run


Enterprises = Callable[..., list[tuple[Any, ...]]]


def test_an_enterprise_has_a_version_for_each_run_of_periods_that_report_it_alike(
    enterprises: Enterprises,
) -> None:
    versions = enterprises(
        enterprise("2021-Q3", "旧名公司"),
        enterprise("2022-Q2", "新名公司"),
        enterprise("2021-Q4", "旧名公司"),
        enterprise("2022-Q1", "新名公司"),
    )
    assert versions == [
        ("旧名公司", date(2021, 7, 1), date(2022, 1, 1), "2021-Q3", "2021-Q4"),
        ("新名公司", date(2022, 1, 1), None, "2022-Q1", "2022-Q2"),
    ]


def test_what_is_reported_again_later_is_a_version_of_its_own(enterprises: Enterprises) -> None:
    versions = enterprises(
        enterprise("2021-Q1", "甲"), enterprise("2021-Q2", "乙"), enterprise("2021-Q3", "甲")
    )
    assert [version[:3] for version in versions] == [
        ("甲", date(2021, 1, 1), date(2021, 4, 1)),
        ("乙", date(2021, 4, 1), date(2021, 7, 1)),
        ("甲", date(2021, 7, 1), None),
    ]


def test_a_period_that_leaves_an_enterprise_out_stays_with_the_version_before_it(
    enterprises: Enterprises,
) -> None:
    unchanged = enterprises(enterprise("2021-Q1", "甲"), enterprise("2021-Q4", "甲"))
    changed = enterprises(enterprise("2021-Q1", "甲"), enterprise("2021-Q4", "乙"))

    assert unchanged == [("甲", date(2021, 1, 1), None, "2021-Q1", "2021-Q4")]
    assert [version[:3] for version in changed] == [
        ("甲", date(2021, 1, 1), date(2021, 10, 1)),
        ("乙", date(2021, 10, 1), None),
    ]


def test_any_attribute_that_changes_begins_a_version(enterprises: Enterprises) -> None:
    for changed in (
        {"cluster": "药茶"}, {"leading_level": "省级"}, {"is_above_scale": True}, {"reporter_code": "kouquan"},
    ):  # fmt: skip
        assert len(enterprises(enterprise("2021-Q1", "甲"), enterprise("2021-Q2", "甲", **changed))) == 2


def test_of_two_deliveries_of_a_period_the_first_counts(enterprises: Enterprises) -> None:
    versions = enterprises(
        enterprise("2021-Q1", "乙", delivery_id="d2"), enterprise("2021-Q1", "甲", delivery_id="d1")
    )
    assert [name for name, *_ in versions] == ["甲"]


def test_the_first_and_last_version_hold_for_all_dates_before_and_after(run_model: RunModel) -> None:
    reports = [organisation("2021", HIGH), organisation("2022", DEEP)]
    versions = run_model("dim_party_org", staged_party_org=reports, dim_period=PERIODS)

    names = ("org_key", "place_code", "lookup_from", "lookup_to", "is_current")
    assert picked(versions, *names) == [
        ("DZ1@2021-01-01", HIGH, date(1900, 1, 1), date(2022, 1, 1), False),
        ("DZ1@2022-01-01", DEEP, date(2022, 1, 1), date(9999, 12, 31), True),
        ("unknown", None, *EVER, True),
    ]


def test_an_organisation_without_a_place_in_two_years_has_one_version(run_model: RunModel) -> None:
    reports = [organisation("2021", None), organisation("2022", None)]
    version, _unknown = run_model("dim_party_org", staged_party_org=reports, dim_period=PERIODS)

    assert (version["first_period"], version["last_period"]) == ("2021", "2022")


@pytest.mark.parametrize("form", ["weak_party_org", "dispatched_cadre", "secretary_rating", "party_org"])
def test_a_row_lies_where_the_register_of_its_year_has_the_organisation(
    run_model: RunModel, form: str
) -> None:
    moved = [organisation("2021", HIGH), organisation("2022", DEEP)]
    rows = [{"period": year, "org_code": "DZ1"} for year in YEARS]
    reported = {"staged_party_org": moved} | ({} if form == "party_org" else {f"staged_{form}": rows})
    facts = run_model(f"fact_{form}", dim_period=PERIODS, ref_division=DIVISIONS, **reported)

    before, after = ("DZ1@2021-01-01", GAOSHAN), ("DZ1@2022-01-01", KOUQUAN)
    expected = {2019: before, 2020: before, 2021: before, 2022: after, 2023: after}
    of_year = {year: place for year, *place in picked(facts, "year", "org_key", "township_code")}
    assert {year: tuple(place) for year, place in of_year.items()} == {
        year: expected[year] for year in (expected if form != "party_org" else (2021, 2022))
    }
    assert len(facts) == len(of_year)


def test_a_quarter_lies_where_the_register_of_its_year_has_the_organisation(run_model: RunModel) -> None:
    points = [{"period": period, "org_code": "DZ1", "member_key": "m1"} for period in ("2021-Q4", "2022-Q1")]
    facts = run_model(
        "fact_member_points",
        staged_party_org=[organisation("2021", HIGH), organisation("2022", DEEP)],
        staged_member_points=points,
        dim_period=PERIODS,
        ref_division=DIVISIONS,
    )
    assert sorted(picked(facts, "period", "township_code")) == [("2021-Q4", GAOSHAN), ("2022-Q1", KOUQUAN)]


def test_a_later_register_leaves_an_earlier_years_figure_where_it_was(
    figures: Callable[..., Figures],
) -> None:
    reported = {"staged_weak_party_org": [weak("2021"), weak("2022")]}
    before = figures("weak_party_org_count", staged_party_org=[organisation("2021", FAR)], **reported)
    after = figures(
        "weak_party_org_count",
        staged_party_org=[organisation("2021", FAR), organisation("2022", DEEP)],
        **reported,
    )
    values = {place: figure["value"] for place, figure in after.items()}

    assert before["高山镇", "2021"]["value"] == 1
    assert (values["高山镇", "2021"], ("口泉乡", "2021") in values) == (1, False)
    assert (values["口泉乡", "2022"], ("高山镇", "2022") in values) == (1, False)


def test_a_row_of_an_enterprise_has_the_version_that_its_own_period_reports(given: Given) -> None:
    select = given(
        staged_agri_processing=[
            enterprise("2021-Q4", "旧名公司"),
            enterprise("2022-Q1", "新名公司"),
            enterprise("2022-Q1", "另一公司", code="E2"),
        ]
    )
    rows = select(
        "select f.period, e.enterprise_name, e.enterprise_key from fact_agri_processing as f "
        "join dim_enterprise as e on e.enterprise_key = f.enterprise_key order by all"
    )
    assert picked(rows, "period", "enterprise_name", "enterprise_key") == [
        ("2021-Q4", "旧名公司", "E1@2021-10-01"),
        ("2022-Q1", "另一公司", "E2@2022-01-01"),
        ("2022-Q1", "新名公司", "E1@2022-01-01"),
    ]


def listed(code: str, kind: str = "bureau", **fields: Any) -> list[Row]:
    """A reporter that moved from one township to the other in the middle of 2021."""
    at_first = {"division_code": GAOSHAN, "name": "旧名", "valid_from": date(2018, 1, 1)}
    later = {"division_code": KOUQUAN, "name": "新名", "valid_from": date(2021, 7, 1)}
    reporter = {"reporter_code": code, "kind": kind}
    return [reporter | at_first | {"valid_to": date(2021, 7, 1)}, reporter | later | fields]


def test_a_reporter_has_a_version_for_each_row_of_the_list(run_model: RunModel) -> None:
    versions = run_model("dim_reporter", ref_reporter=listed("office", valid_to=date(2022, 7, 1)))

    names = ("reporter_key", "reporter_name", "lookup_from", "lookup_to", "is_current")
    assert picked(versions, *names) == [
        ("office@2018-01-01", "旧名", date(1900, 1, 1), date(2021, 7, 1), False),
        ("office@2021-07-01", "新名", date(2021, 7, 1), date(9999, 12, 31), True),
    ]


def test_only_banks_are_institutions_with_the_versions_of_reporters(run_model: RunModel) -> None:
    reporters = [*listed("rcb", "bank"), {"reporter_code": "gaoshan", "kind": "township"}]
    institutions = run_model("dim_institution", ref_reporter=reporters)

    assert picked(institutions, "institution_key", "institution_name", "lookup_from") == [
        ("rcb@2018-01-01", "旧名", date(1900, 1, 1)),
        ("rcb@2021-07-01", "新名", date(2021, 7, 1)),
    ]


def test_a_row_lies_where_its_reporter_was_at_the_end_of_its_period(run_model: RunModel) -> None:
    row = {"reporter_code": "office", "certificate_number": "C1"}
    facts = run_model(
        "fact_certified_product",
        staged_certified_product=[row | {"period": str(year)} for year in (2020, 2021)],
        dim_period=PERIODS,
        ref_reporter=listed("office"),
        ref_division=DIVISIONS,
    )
    assert sorted(picked(facts, "year", "division_key")) == [
        (2020, f"{GAOSHAN}@2020-06-30"),
        (2021, f"{KOUQUAN}@2020-06-30"),
    ]


def test_what_is_due_of_a_reporter_listed_twice_counts_once_where_it_was(run_model: RunModel) -> None:
    due = {"staged_table": "t", "reporter_code": "office", "timeliness": "on_time", "is_due": True}
    ends = {"2021-Q2": date(2021, 6, 30), "2021-Q3": date(2021, 9, 30)}
    rates = run_model(
        "mart_reporting_rate",
        dq_expected_delivery=[
            due | {"period": period, "period_end_date": end} for period, end in ends.items()
        ],
        ref_reporter=listed("office"),
    )
    assert {
        (row["period"], row["division_code"], row["due_deliveries"])
        for row in rates
        if row["division_code"] in (GAOSHAN, KOUQUAN)
    } == {("2021-Q2", GAOSHAN, 1), ("2021-Q3", KOUQUAN, 1)}


def test_months_of_a_bank_listed_twice_count_once_under_its_name_of_today(run_model: RunModel) -> None:
    granted = {"institution_code": "rcb", "note_number": "N1", "event_date": date(2021, 1, 5)}
    months = run_model(
        "mart_loan_disbursement",
        fact_loan_disbursement=[
            granted | {"division_key": f"{HIGH}@2020-06-30", "is_new_disbursement": True}
        ],
        ref_reporter=listed("rcb", "bank"),
        ref_division=DIVISIONS,
    )
    assert picked(months, "month_label", "institution_name", "notes") == [("2021-01", "新名", 1)]
