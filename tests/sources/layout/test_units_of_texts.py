"""The unit that a contract states for a text file, which prints none."""

from decimal import Decimal
from pathlib import Path

import pytest

from sources.county.contract import Contract, contract_of
from sources.layout.draft import Draft
from sources.reading.worker import Reader
from sources.text_delivery import text_draft
from tests.sources.grid import BUREAU, references, rows


def ledger(**units: str) -> Contract:
    return contract_of(
        {
            "name": "row.text", "table": "row", "title": ["农户表"], "reporters": ["bureau"],
            "cadence": "year", "due_days": 31, "units": units,
            "columns": {"place": ["地名"], "income_yuan": ["收入"]},
            "text": {"delimiter": ",", "header": True, "trailer": r"合计,(?P<income_yuan>[\d.]+)"},
        }
    )  # fmt: skip


def draft_of(tmp_path: Path, reader: Reader, contract: Contract) -> Draft:
    path = tmp_path / "2022年.csv"
    path.write_text("地名,收入\n高山,1.5\n平旺,2\n合计,3.5\n", "utf-8")
    return text_draft(path, path.name, references(contract), BUREAU, reader)


@pytest.mark.parametrize(
    ("units", "yuan", "scale"), [({}, 1, 1), ({"income_yuan": "万元"}, 10000, 10000)], ids=["own", "agreed"]
)
def test_amounts_and_their_total_are_in_the_contracts_unit(
    tmp_path: Path, reader: Reader, units: dict[str, str], yuan: int, scale: int
) -> None:
    draft = draft_of(tmp_path, reader, ledger(**units))

    assert rows(draft, "income_yuan") == [(Decimal("1.5") * yuan,), (Decimal(2) * yuan,)]
    assert [(total.text, total.scale) for total in draft.printed] == [("3.5", Decimal(scale))]
    assert draft.sheets[0].agreed_units == units
