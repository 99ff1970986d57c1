"""What the tests of loans share."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.warehouse.models.loans.rows import DIVISIONS

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]


@pytest.fixture
def disbursed(run_model: RunModel) -> Callable[..., list[Row]]:
    def run(*notes: Row, flows: list[Row] | None = None) -> list[Row]:
        return run_model(
            "fact_loan_disbursement",
            staged_loan_note=list(notes),
            staged_loan_transaction=flows or [],
            dim_division=DIVISIONS,
        )

    return run
