"""What a figure claims: what it rests on, what is missing, and what is in doubt."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.warehouse.two_townships import (
    DEEP,
    FAR,
    GAOSHAN,
    HIGH,
    Figures,
    Row,
    columns_of,
    expected,
    in_force,
    note,
    sales,
    village,
)

Build = Callable[..., Figures]
SALES, COUNTY = "agri_processing_sales_revenue", ("云冈区", "2022")
BALANCE, WASTE = "farm_loan_balance", "rural_waste_treatment_rate"


def profile(code: str, year: str, persons: int | None) -> Row:
    return {"village_code": code, "reporter_code": "gaoshan", "period": year, "resident_persons": persons}


def test_a_column_that_was_left_out_is_no_zero(figures: Build) -> None:
    sent = in_force("village_profile", "gaoshan", "2022") | {"missing_if_blank": ";resident_persons;"}
    computed = figures(
        "resident_population",
        staged_village_profile=[profile(HIGH, "2021", 50), profile(HIGH, "2022", None)],
        source_delivery=[sent],
    )
    assert columns_of(computed[COUNTY], "value", "missing_cells", "status", "change_pct", "observation_status") == (
        None, 1, "incomplete", None, "L",
    )  # fmt: skip


def test_cells_that_are_missing_leave_a_figure_incomplete_and_are_counted(figures: Build) -> None:
    sent = in_force("village_profile", "gaoshan", "2022") | {"missing_if_blank": ";resident_persons;"}
    computed = figures(
        "resident_population",
        staged_village_profile=[profile(HIGH, "2022", 50), profile(FAR, "2022", None)],
        source_delivery=[sent],
    )
    assert columns_of(computed[COUNTY], "value", "status", "status_reasons") == (
        50,
        "incomplete",
        "缺数 1 格",
    )
    assert columns_of(computed["高山村", "2022"], "value", "status") == (50, "final")
    assert columns_of(computed["远山村", "2022"], "value", "status") == (None, "incomplete")


def test_a_blank_that_says_that_there_is_none_is_zero(figures: Build) -> None:
    farm = {"village_code": HIGH, "reporter_code": "gaoshan", "period": "2022", "pig_heads": None}
    computed = figures("pig_head_count", staged_agri_output=[farm])
    assert columns_of(computed[COUNTY], "value", "missing_cells", "status") == (0, 0, "final")


def test_nothing_of_a_kind_in_a_register_in_force_is_zero(figures: Build) -> None:
    computed = figures(BALANCE, staged_loan_note=[note(HIGH) | {"borrower_type": "企业"}])
    assert columns_of(computed[COUNTY], "value", "source_rows", "status") == (0, 0, "final")


def test_a_village_that_was_left_out_is_named(figures: Build) -> None:
    left_out = {
        "staged_table": "living_environment", "reporter_code": "gaoshan", "period": "2022-12",
        "period_end_date": date(2022, 12, 31), "delivery_id": "living_environment/gaoshan/2022-12",
        "unit": FAR, "division_code": FAR,
    }  # fmt: skip
    of_list = in_force("living_environment", "gaoshan", "2022-12") | {"frame": "list", "frame_rows": 2}
    computed = figures(
        WASTE,
        staged_living_environment=[village(HIGH, "2022-12", 95)],
        source_delivery=[of_list],
        source_missing_unit=[left_out],
    )
    coverage = ("expected_units", "reported_units", "missing_units", "status", "status_reasons")
    assert columns_of(computed[COUNTY], *coverage) == (2, 1, 1, "incomplete", "漏报 1 个（远山村）")
    assert columns_of(computed["高山镇", "2022-12"], *coverage) == (
        2,
        1,
        1,
        "incomplete",
        "漏报 1 个（远山村）",
    )
    assert columns_of(computed["高山村", "2022"], *coverage) == (1, 1, 0, "final", "")


def test_an_enterprise_that_was_left_out_is_missing_where_it_was_before(figures: Build) -> None:
    absent = {
        "staged_table": "agri_processing", "reporter_code": "gaoshan", "period": "2022-Q4",
        "period_end_date": date(2022, 12, 31), "delivery_id": "agri_processing/gaoshan/2022-Q4", "unit": "B",
        "unit_name": "B", "from_delivery_id": "agri_processing/gaoshan/2022-Q3", "from_sheet_name": "",
        "from_sheet_block": 0, "from_sheet_row": 7,
    }  # fmt: skip
    computed = figures(
        SALES,
        staged_agri_processing=[
            sales("gaoshan", "2022-Q3", 40) | {"credit_code": "B", "sheet_row": 7},
            sales("gaoshan", "2022-Q4", 60),
            sales("kouquan", "2022-Q4", 100),
        ],
        source_missing_unit=[absent],
    )
    assert columns_of(computed["高山镇", "2022"], "missing_units", "status_reasons") == (1, "漏报 1 个（B）")
    assert {p: r["status"] for (p, when), r in computed.items() if when == "2022"} == {
        "云冈区": "incomplete", "高山镇": "incomplete", "口泉乡": "final",
    }  # fmt: skip


def test_nobody_knows_how_many_there_should_be_where_no_list_tells(figures: Build) -> None:
    computed = figures(SALES, staged_agri_processing=[sales("gaoshan", "2022-Q4")])
    assert columns_of(computed[COUNTY], "expected_units", "reported_units", "missing_units") == (None, 1, 0)


FALLING = [sales("gaoshan", "2022-Q3", 90), sales("gaoshan", "2022-Q4", 60), sales("kouquan", "2022-Q4", 40)]
CLEARED = {
    "check_name": "agri_ytd_falls", "field": "sales_revenue_ytd_yuan", "decided_by": "统计股",
    "decided_at": datetime(2023, 1, 9), "reason": "企业退货",
}  # fmt: skip


def test_a_row_that_a_check_doubts_makes_its_figures_questioned(figures: Build) -> None:
    computed = figures(SALES, staged_agri_processing=FALLING)
    claims = ("coverage_status", "doubt", "status", "doubtful_rows", "affected_pct", "observation_status")
    assert columns_of(computed[COUNTY], *claims) == ("final", "questioned", "questioned", 1, 60, "V")
    assert computed[COUNTY]["status_reasons"] == "待核 1 行，占 60.00%"
    assert columns_of(computed["口泉乡", "2022"], "doubt", "status") == ("none", "final")


def test_a_figure_that_does_not_use_the_doubted_field_is_not_questioned(figures: Build) -> None:
    computed = figures("agri_processing_enterprise_count", staged_agri_processing=FALLING)
    assert columns_of(computed[COUNTY], "value", "doubt", "status") == (2, "none", "final")


@pytest.mark.parametrize(("value", "doubt"), [("60.00", "none"), ("6.00", "questioned")])
def test_a_doubt_that_a_steward_cleared_counts_no_more_until_the_value_is_another(
    figures: Build, value: str, doubt: str
) -> None:
    both = [
        CLEARED | {"row_key": "gaoshan/2022/3", "value": "90.00"},
        CLEARED | {"row_key": "gaoshan/2022/4", "value": value},
    ]
    computed = figures(SALES, staged_agri_processing=FALLING, source_confirmed_finding=both)
    assert computed[COUNTY]["doubt"] == doubt


def test_a_settled_period_is_final_and_still_says_what_it_lacks(figures: Build) -> None:
    settled = {
        "period": "2022",
        "decided_by": "统计股",
        "decided_at": datetime(2023, 3, 1),
        "reason": "公报",
    }
    computed = figures(
        SALES,
        staged_agri_processing=[sales("gaoshan", "2022-Q4")],
        source_expected_delivery=expected("agri_processing", "kouquan", "2022-Q4"),
        source_settled_period=[settled],
    )
    assert columns_of(computed[COUNTY], "coverage_status", "status", "is_settled", "missing_deliveries") == (
        "final", "final", True, 1,
    )  # fmt: skip
    assert computed[COUNTY]["status_reasons"].startswith("已定稿，以下缺项不再等；缺报 1 份")
    assert columns_of(computed["云冈区", "2022-Q4"], "status", "is_settled") == ("incomplete", False)


def test_a_year_of_which_the_last_quarter_is_overdue_is_incomplete(figures: Build) -> None:
    computed = figures(
        SALES,
        staged_agri_processing=[sales("gaoshan", "2022-Q3", 70), sales("kouquan", "2022-Q4", 30)],
        source_expected_delivery=[
            *expected("agri_processing", "gaoshan", "2022-Q3", "2022-Q4"),
            *expected("agri_processing", "kouquan", "2022-Q4"),
        ],
    )
    assert columns_of(computed[COUNTY], "status", "missing_deliveries") == ("incomplete", 1)
    assert computed[COUNTY]["status_reasons"].endswith("；1 个单位的数只到较早的一期")


def test_a_ratio_of_two_forms_is_over_what_both_hold_to_the_same_day(figures: Build) -> None:
    def output(reporter: str, period: str, yuan: int) -> Row:
        return sales(reporter, period) | {"output_value_ytd_yuan": Decimal(yuan)}

    def farming(reporter: str, code: str, yuan: int) -> Row:
        return {
            "village_code": code, "reporter_code": reporter, "period": "2022",
            "gross_output_value_yuan": Decimal(yuan),
        }  # fmt: skip

    computed = figures(
        "processing_to_agri_output_ratio",
        staged_agri_processing=[output("gaoshan", "2022-Q4", 300), output("kouquan", "2022-Q1", 10)],
        staged_agri_output=[farming("gaoshan", HIGH, 100), farming("kouquan", DEEP, 100)],
    )
    assert columns_of(computed[COUNTY], "value", "numerator", "denominator") == (3, 300, 100)


def stock(reporter: str, period: str, balance: int) -> Row:
    return note(HIGH, reporter, period) | {"note_number": reporter, "balance_yuan": Decimal(balance)}


def test_a_bank_that_reports_by_quarter_is_carried_through_the_months_between(figures: Build) -> None:
    months = [f"2022-{month}" for month in ("09-30", "10-31", "11-30", "12-31")]
    of_stock = {"frame": "stock", "frame_rows": 1}
    computed = figures(
        BALANCE,
        staged_loan_note=[
            *(stock("rcb_yungang", month, 60) for month in months),
            stock("psbc_yungang", "2022-09-30", 40), stock("psbc_yungang", "2022-12-31", 50),
        ],
        source_delivery=[
            *(in_force("loan_note", "rcb_yungang", month) | of_stock for month in months),
            *(in_force("loan_note", "psbc_yungang", month) | of_stock for month in (months[0], months[3])),
        ],
        source_expected_delivery=expected("loan_note", "psbc_yungang", "2022-09-30", "2022-12-31"),
    )  # fmt: skip
    by_month = {
        month: columns_of(computed["云冈区", month], "value", "carried_pct", "status", "observation_status")
        for month in ("2022-09", "2022-10", "2022-12")
    }
    assert by_month == {
        "2022-09": (100, None, "final", "A"),
        "2022-10": (100, 40, "provisional", "I"),
        "2022-12": (110, None, "final", "A"),
    }
    assert computed["云冈区", "2022-10"]["status_reasons"] == "沿用 2022-09-30 的数，占 40.00%"


def test_a_month_of_loans_awaits_every_lenders_file_that_covers_it(figures: Build) -> None:
    computed = figures(
        "farm_loan_disbursed",
        staged_loan_note=[note(HIGH, period="2022-10-31") | {"grant_date": date(2022, 10, 5)}],
        source_expected_delivery=[
            *expected("loan_note", "rcb_yungang", "2022-10-31"),
            *expected("loan_note", "psbc_yungang", "2022-12-31", is_due=False),
        ],
    )
    assert computed["云冈区", "2022-10"]["status"] == "provisional"


def test_townships_and_what_lies_in_none_make_the_county(figures: Build) -> None:
    def fund(number: str, township: str | None, yuan: int) -> Row:
        return {
            "project_number": number, "township_code": township, "reporter_code": "rcb_yungang", "period": "2022",
            "level": "区级", "budgeted_yuan": Decimal(yuan), "paid_yuan": Decimal(yuan),
        }  # fmt: skip

    computed = figures(
        "fiscal_rural_revitalization_fund", staged_fiscal_fund=[fund("A", GAOSHAN, 55), fund("B", None, 18)]
    )
    assert {place: columns_of(row, "value", "observation_status") for (place, _), row in computed.items()} == {
        "云冈区": (73, "A"), "高山镇": (55, "A"), "未分乡镇": (18, "W"),
    }  # fmt: skip


def test_what_does_not_add_up_has_no_part_outside_townships(figures: Build) -> None:
    document = {
        "reporter_code": "rcb_yungang",
        "period": "2022",
        "document_number": "1",
        "package_code": "1+3",
    }
    assert {place for place, _ in figures("policy_package_code", staged_policy_document=[document])} == {
        "云冈区"
    }
