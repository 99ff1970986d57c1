"""Figures of loans that are reversed, and of loans of which something is not reported."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.warehouse.models.loans.rows import grant, note, reversal
from tests.warehouse.two_townships import DIVISIONS, REPORTERS, Figures

Row = dict[str, Any]
BANK: Row = {"reporter_code": "psbc_yungang"}


def test_a_reversal_reduces_its_own_month_and_the_rows_of_a_figure_give_it(
    given: Callable[..., Callable[[str], list[Row]]],
) -> None:
    select = given(
        "farm_loan_disbursed",
        "farm_loan_household_to_date_count",
        ref_division=DIVISIONS,
        ref_reporter=REPORTERS,
        staged_loan_note=[
            note(number, "2022-03-31", None, borrower_key=number) | BANK for number in ("N1", "N2")
        ],
        staged_loan_transaction=[
            grant("S1", "N1", 100) | BANK,
            grant("S2", "N2", 60) | BANK,
            reversal("S3", "N1", 100) | BANK,
        ],
    )
    county = "division_code = '140214000000' and indicator_code in ('farm_loan_disbursed', 'farm_loan_household_to_date_count')"
    figures = select(f"select period, value from mart_figure where {county} order by indicator_code, period")
    assert [(row["period"], row["value"]) for row in figures] == [
        ("2022", Decimal(60)),
        ("2022-03", Decimal(160)),
        ("2022-05", Decimal(-100)),
        ("2022-Q1", Decimal(160)),
        ("2022-Q2", Decimal(-100)),
        ("2022", Decimal(1)),
    ]
    rows = select("""
        select sum(value) as amount, count(distinct counted_key) as households
        from mart_figure_row
        where is_counted and period = '2022' and year_role = 'current'
        group by indicator_code
        having indicator_code in ('farm_loan_disbursed', 'farm_loan_household_to_date_count')
        order by indicator_code
    """)
    assert [(row["amount"], row["households"]) for row in rows] == [(Decimal(60), 0), (Decimal(1), 1)]


def test_a_loan_of_unknown_grant_type_has_a_figure_of_its_own(figures: Callable[..., Figures]) -> None:
    notes = [
        note("N1", reporter_code="rcb_yungang", grant_type=None),
        note("N2", reporter_code="rcb_yungang"),
    ]
    for code, amount in (("unknown_grant_type_loan_disbursed", 100), ("farm_loan_disbursed", 100)):
        assert figures(code, staged_loan_note=notes)["云冈区", "2022"]["value"] == amount


def test_bad_loans_are_a_share_of_those_that_are_agriculture_related(
    figures: Callable[..., Figures],
) -> None:
    bank: Row = {"reporter_code": "rcb_yungang"}
    notes = [
        note("N1", five_class="次级", balance_yuan=Decimal(10), **bank),
        note("N2", five_class="正常", balance_yuan=Decimal(30), **bank),
        note("N3", five_class="正常", balance_yuan=Decimal(60), **bank, borrower_type="企业", purpose="住房"),
        note("N4", five_class="损失", balance_yuan=Decimal(7), **bank, borrower_type=None),
    ]
    assert figures("loan_non_performing_rate", staged_loan_note=notes)["云冈区", "2022"]["value"] == 25
    unknown = figures("unknown_agriculture_loan_balance", staged_loan_note=notes)
    assert unknown["云冈区", "2022"]["value"] == 7
