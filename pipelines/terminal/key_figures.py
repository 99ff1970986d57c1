"""The key figures of a published warehouse, as a load shows them at its end."""

from collections.abc import Callable
from typing import Any

import polars as pl

from schemas.forms.loan import LOAN_CUMULATIVE_START

_PROCESSING = """
select
    max(year) as year,
    sum(sales_revenue_yuan) as sales_revenue_yuan,
    sum(output_value_yuan) as output_value_yuan
from mart_agri_processing
where year = (select max(year) from mart_agri_processing)
"""

_FARM_LOANS = f"""
select
    institution_code,
    institution_name,
    sum(amount_yuan) as amount_yuan,
    count(distinct household_key) as households
from fact_loan_disbursement
join dim_institution using (institution_code)
where is_farm_household and is_new_disbursement and grant_date >= date '{LOAN_CUMULATIVE_START}'
group by institution_code, institution_name
order by institution_code
"""

_VILLAGES = """
select count(*) as villages, count(*) filter (where has_bus_service) as villages_with_bus
from mart_village_overview
"""


def key_figures(query: Callable[[str], pl.DataFrame]) -> dict[str, Any]:
    """Agri-processing of its latest year, villages, and new loans to farm households by institution.

    query: answers SQL from the published warehouse. Amounts are Decimal yuan; None where there are no data.
    """
    return {
        **query(_PROCESSING).row(0, named=True),
        **query(_VILLAGES).row(0, named=True),
        "farm_loans": {loan.pop("institution_code"): loan for loan in query(_FARM_LOANS).to_dicts()},
    }
