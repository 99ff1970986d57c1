"""Loans of the PKDD 1999 data set: a quoted text file whose days are written yymmdd."""

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.real.loading import Loaded, load
from tests.real.tables import LOANS

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def folder(real_folder: Path) -> Path:
    return real_folder / "loans_berka"


@pytest.fixture(scope="module")
def loaded(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    files = {f"berka/{name}_19981231.asc": folder / f"{name}.asc" for name in ("loan", "account")}
    return load(tmp_path_factory.mktemp("berka"), "berka", LOANS, files)


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="ascii", newline="") as text:
        return list(csv.DictReader(text, delimiter=";"))


def day(text: str) -> date:
    return datetime.strptime(f"19{text}", "%Y%m%d").date()


def test_all_loans_are_accepted(loaded: Loaded) -> None:
    receipt = loaded.receipts["loan"]

    assert (receipt.outcome, receipt.period) == ("accepted", "1998-12-31")
    assert (receipt.rows.candidate, receipt.rows.accepted) == (682, 682)
    assert loaded.rows("loan")["amount_koruna"].sum() == Decimal(103_261_740)


def test_every_loan_is_the_files(loaded: Loaded, folder: Path) -> None:
    read = loaded.rows("loan").select(
        "loan_id", "account_id", "grant_date", "amount_koruna", "duration_months", "payment_koruna"
    )
    assert read.rows() == [
        (
            line["loan_id"],
            line["account_id"],
            day(line["date"]),
            Decimal(line["amount"]),
            int(line["duration"]),
            Decimal(line["payments"]),
        )
        for line in lines(folder / "loan.asc")
    ]


def test_a_code_is_read_as_what_it_stands_for(loaded: Loaded, folder: Path) -> None:
    meaning = {"A": "结清", "B": "结清有欠", "C": "正常", "D": "拖欠"}

    assert loaded.rows("loan")["status"].to_list() == [
        meaning[line["status"]] for line in lines(folder / "loan.asc")
    ]


def test_accounts_are_told_from_loans_by_their_headers(loaded: Loaded, folder: Path) -> None:
    read = loaded.rows("account").select("account_id", "opened_date")

    assert read.rows() == [(line["account_id"], day(line["date"])) for line in lines(folder / "account.asc")]
    assert set(loaded.rows("loan")["account_id"]) <= set(read["account_id"])


def test_every_line_is_accounted_for(loaded: Loaded) -> None:
    [facts] = loaded.receipts["loan"].sheets

    assert (facts.read_cells, facts.classes["header"], facts.classes["body"]) == (683, 1, 682)
