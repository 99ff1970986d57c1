"""The key figures of a published warehouse, as a load shows them at its end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

_PROCESSING, _FARM_LOANS, _VILLAGES = (
    Path(__file__).with_name(f"{name}.sql").read_text("utf-8")
    for name in ("processing", "farm_loans", "villages")
)


def key_figures(query: Callable[[str], pl.DataFrame]) -> dict[str, Any]:
    """Agri-processing of its latest year, villages, and new loans to farm households by institution.

    query: answers SQL from the published warehouse. Amounts are Decimal yuan; None where there are no data.
    """
    return {
        **query(_PROCESSING).row(0, named=True),
        **query(_VILLAGES).row(0, named=True),
        "farm_loans": {loan.pop("institution_code"): loan for loan in query(_FARM_LOANS).to_dicts()},
    }
