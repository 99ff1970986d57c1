"""The cards that a bulletin begins with: its most important figures, and whether they turned for the better."""

from collections.abc import Iterable, Sequence

from warehouse.reports.bulletin.lines import BulletinLine, Turn

CARDS = (
    "rural_disposable_income_per_capita",
    "grain_output_tonnes",
    "monitored_household_at_risk_count",
    "agri_processing_sales_revenue",
    "agri_gross_output_value",
    "rural_tourism_revenue",
    "infrastructure_project_investment",
    "sanitary_toilet_coverage_rate",
    "fiscal_rural_revitalization_fund",
    "farm_loan_balance",
    "satisfaction_rate",
    "weak_party_org_count",
)
"""The indicators of the cards, most important first, where a county names none."""

TURN_WORDS: dict[Turn, str] = {"better": "好于上年", "worse": "差于上年"}


def choose_cards(lines: Iterable[BulletinLine], order: Sequence[str]) -> tuple[BulletinLine, ...]:
    """Choose the lines of these indicators, in this order; of those on several lists, the newest."""
    by_code = {line.code: line for line in lines}
    return tuple(by_code[code] for code in order or CARDS if code in by_code)
