"""One row taken out of a source file moves each figure by what that row gave, and nothing else."""

import io
import shutil
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from tests.accepted_last import in_force
from tests.journeys.command import load, query_published


def in_force_of(home: Path, table: str, period: str, **wanted: str) -> list[Receipt]:
    receipts = read_receipts(Home(home))
    counting = in_force(receipts, max(r.received_at for r in receipts))
    return [
        r
        for r in counting
        if (r.table, r.period) == (table, period) and r.file.format == wanted.get("format", r.file.format)
    ]


def without_row(home: Path, receipt: Receipt, sheet_row: int) -> bytes:
    """The archived workbook with one body row blanked and the printed totals lowered to fit."""
    book = openpyxl.load_workbook(io.BytesIO((home / "archive" / receipt.file.sha256).read_bytes()))
    facts = next(s for s in receipt.sheets if s.columns)
    sheet = book[facts.name]
    for total in receipt.control_totals:
        column = facts.columns[total.field]
        gone, printed = (Decimal(str(sheet[cell].value)) for cell in (f"{column}{sheet_row}", total.cell))
        sheet[total.cell].value = float(printed - gone)
    for cell in sheet[sheet_row]:
        if not isinstance(cell, openpyxl.cell.cell.MergedCell):
            cell.value = None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def drop(home: Path, receipt: Receipt, name: str, data: bytes) -> None:
    path = home / "inbox" / receipt.file.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def without_line(home: Path, receipt: Receipt, gone: dict[str, Any]) -> bytes:
    """The archived ledger without one line, its trailer lowered to fit."""
    data = (home / "archive" / receipt.file.sha256).read_bytes()
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
    lines = data.decode(encoding).splitlines()
    del lines[gone["sheet_row"] - 1]
    printed = {total.field: total.printed for total in receipt.control_totals if total.printed is not None}
    rows, amount = printed["*"] - 1, printed["amount_yuan"] - gone["amount_yuan"]
    lines[-1] = f"合计笔数,{rows:.0f},发放金额合计,{amount:.2f}"
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


SALES = "select year, township_code, cluster, sales_revenue_yuan, output_value_yuan from mart_agri_processing"
LOANS = """
    select sum(amount_yuan) as amount_yuan, count(*) as notes
    from fact_loan_disbursement where institution_code = 'rcb_yungang'
"""
VILLAGES = """
    select count(*) filter (has_bus_service) as bus, sum(registered_households) as households
    from fact_village_profile where period = '2022'
"""


@dataclass(frozen=True)
class Moved:
    """The rows that were taken out of an enterprise form, a ledger and a village form; answers before and after."""

    enterprise: dict[str, Any]
    note: dict[str, Any]
    village: dict[str, Any]
    before: dict[str, list[dict[str, Any]]]
    after: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def moved(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Moved:
    """The small district loaded again after three files came without one of their rows."""
    home = tmp_path_factory.mktemp("moved") / "home"
    shutil.copytree(small_home, home)
    before = {sql: query_published(home, sql) for sql in (SALES, LOANS, VILLAGES)}
    taken = (_without_enterprise(home), _without_note(home), _without_village(home))
    assert load(home)["deliveries"] == {"accepted": 3, "rejected": 0, "duplicate": 0}
    return Moved(*taken, before, {sql: query_published(home, sql) for sql in before})


def _without_enterprise(home: Path) -> dict[str, Any]:
    receipt = next(
        r
        for r in in_force_of(home, "agri_processing", "2022-Q4", format="xlsx")
        if {t.label for t in r.control_totals} <= {"合计", "总计"} and r.rows.accepted > 2
    )
    gone = pl.read_parquet(home / receipt.staged_files[0].path).row(1, named=True)
    drop(home, receipt, "少一家.xlsx", without_row(home, receipt, gone["sheet_row"]))
    return gone


def _without_note(home: Path) -> dict[str, Any]:
    """A note that only the last ledger has: an earlier one would still tell of it."""
    ledgers = in_force_of(home, "loan_note", "2022-12-31", format="text")
    ledger = next(r for r in ledgers if r.reporter_code == "rcb_yungang")
    earlier = pl.read_parquet(
        [home / part.path for r in read_receipts(Home(home)) for part in r.staged_files
         if r.table == "loan_note" and r.reporter_code == "rcb_yungang" and r.period < "2022-12-31"]
    )  # fmt: skip
    rows = pl.read_parquet(home / ledger.staged_files[0].path).join(earlier, on="note_number", how="anti")
    gone = rows.row(0, named=True)
    drop(home, ledger, "少一笔20221231.csv", without_line(home, ledger, gone))
    return gone


def _without_village(home: Path) -> dict[str, Any]:
    receipt = next(
        r
        for r in in_force_of(home, "village_profile", "2022", format="xlsx")
        if r.contract == "village_profile.summary"
    )
    gone = pl.read_parquet(home / receipt.staged_files[0].path).row(2, named=True)
    drop(home, receipt, "少一村.xlsx", without_row(home, receipt, gone["sheet_row"]))
    return gone


@pytest.mark.long
def test_an_enterprise_less(moved: Moved) -> None:
    before, after = (
        {(r["year"], r["township_code"], r["cluster"]): r for r in answers[SALES]}
        for answers in (moved.before, moved.after)
    )
    differs = {
        key: (row["sales_revenue_yuan"] - after.get(key, {"sales_revenue_yuan": 0})["sales_revenue_yuan"],
              row["output_value_yuan"] - after.get(key, {"output_value_yuan": 0})["output_value_yuan"])
        for key, row in before.items()
        if row != after.get(key)
    }  # fmt: skip
    gone = moved.enterprise
    assert [cluster for _, _, cluster in differs] == [gone["cluster"]]
    sales, output = next(iter(differs.values()))
    assert round(sales, 2) == float(gone["sales_revenue_ytd_yuan"])
    assert round(output, 2) == float(gone["output_value_ytd_yuan"])


@pytest.mark.long
def test_a_note_less(moved: Moved) -> None:
    (before,), (after,) = moved.before[LOANS], moved.after[LOANS]

    assert round(before["amount_yuan"] - after["amount_yuan"], 2) == float(moved.note["amount_yuan"])
    assert before["notes"] - after["notes"] == 1


@pytest.mark.long
def test_a_village_less(moved: Moved) -> None:
    (before,), (after,) = moved.before[VILLAGES], moved.after[VILLAGES]

    assert before["bus"] - after["bus"] == int(moved.village["has_bus_service"])
    assert before["households"] - after["households"] == moved.village["registered_households"]
