"""Which contract a text file is read by, where several know some of its columns."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sources.county.contract import Contract, contract_of
from sources.reading.worker import Reader
from sources.text_delivery import text_draft
from tests.sources.grid import BUREAU, references


def ledger(name: str, **columns: str) -> Contract:
    defaults: dict[str, Any] = {
        "name": name, "table": "row", "title": [name], "reporters": ["bureau"], "cadence": "year", "due_days": 31,
        "totals": "none", "text": {"delimiter": ";", "header": True, "file_name": r"(?P<date>\d{8})"},
    }  # fmt: skip
    return contract_of(
        defaults | {"period": "date", "columns": {field: [header] for field, header in columns.items()}}
    )


@pytest.mark.parametrize("order", [1, -1])
def test_the_one_that_knows_most_of_its_columns(tmp_path: Path, order: int) -> None:
    accounts = ledger("accounts", place="account_id", households="frequency")
    loans = ledger("loans", place="account_id", households="frequency", income_yuan="amount")
    path = tmp_path / "utf-8.txt"
    path.write_text('"account_id";"frequency";"amount"\n"A1";12;3\n')

    draft = text_draft(path, "19981231.asc", references(*[accounts, loans][::order]), BUREAU, Reader())

    assert draft.form_title == "loans"
    assert (draft.period, draft.reasons) == (date(1998, 12, 31).isoformat(), [])
