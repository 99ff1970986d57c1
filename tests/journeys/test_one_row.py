"""One row taken out of a source file moves each figure by what that row gave, and nothing else."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl

from sources.home import Home
from sources.receipts import Receipt, in_force, read_receipts
from tests.journeys.command import ask, load


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


SALES = "select year, township_code, cluster, sales_revenue_yuan, output_value_yuan from mart_agri_processing"


def test_an_enterprise_less(loaded_home: Path) -> None:
    receipt = next(
        r
        for r in in_force_of(loaded_home, "agri_processing", "2022-Q4", format="xlsx")
        if {t.label for t in r.control_totals} <= {"合计", "总计"} and r.rows.accepted > 2
    )
    gone = pl.read_parquet(loaded_home / receipt.staged_files[0].path).row(1, named=True)
    before = {(r["year"], r["township_code"], r["cluster"]): r for r in ask(loaded_home, SALES)}

    drop(loaded_home, receipt, "少一家.xlsx", without_row(loaded_home, receipt, gone["sheet_row"]))
    assert load(loaded_home)["deliveries"] == {"accepted": 1, "rejected": 0, "duplicate": 0}

    after = {(r["year"], r["township_code"], r["cluster"]): r for r in ask(loaded_home, SALES)}
    moved = {
        key: (row["sales_revenue_yuan"] - after.get(key, {"sales_revenue_yuan": 0})["sales_revenue_yuan"],
              row["output_value_yuan"] - after.get(key, {"output_value_yuan": 0})["output_value_yuan"])
        for key, row in before.items()
        if row != after.get(key)
    }  # fmt: skip
    assert [cluster for _, _, cluster in moved] == [gone["cluster"]]
    sales, output = next(iter(moved.values()))
    assert round(sales, 2) == float(gone["sales_revenue_ytd_yuan"])
    assert round(output, 2) == float(gone["output_value_ytd_yuan"])


LOANS = """
    select sum(amount_yuan) as amount_yuan, count(*) as notes
    from fact_loan_disbursement where institution_code = 'rcb_yungang'
"""


def test_a_note_less(loaded_home: Path) -> None:
    receipt = in_force_of(loaded_home, "loan_note", "2022-12-31", format="text")
    ledger = next(r for r in receipt if r.reporter_code == "rcb_yungang")
    earlier = pl.read_parquet(
        [loaded_home / part.path for r in read_receipts(Home(loaded_home)) for part in r.staged_files
         if r.table == "loan_note" and r.reporter_code == "rcb_yungang" and r.period < "2022-12-31"]
    )  # fmt: skip
    rows = pl.read_parquet(loaded_home / ledger.staged_files[0].path).join(
        earlier, on="note_number", how="anti"
    )
    gone = rows.row(0, named=True)
    before = ask(loaded_home, LOANS)[0]

    drop(loaded_home, ledger, "少一笔20221231.csv", without_line(loaded_home, ledger, gone))
    assert load(loaded_home)["deliveries"] == {"accepted": 1, "rejected": 0, "duplicate": 0}

    after = ask(loaded_home, LOANS)[0]
    assert round(before["amount_yuan"] - after["amount_yuan"], 2) == float(gone["amount_yuan"])
    assert before["notes"] - after["notes"] == 1


def without_line(home: Path, receipt: Receipt, gone: dict) -> bytes:
    """The archived ledger without one line, its trailer lowered to fit."""
    data = (home / "archive" / receipt.file.sha256).read_bytes()
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
    lines = data.decode(encoding).splitlines()
    del lines[gone["sheet_row"] - 1]
    printed = {total.field: total.printed for total in receipt.control_totals}
    rows, amount = printed["*"] - 1, printed["amount_yuan"] - gone["amount_yuan"]
    lines[-1] = f"合计笔数,{rows:.0f},发放金额合计,{amount:.2f}"
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


VILLAGES = """
    select count(*) filter (has_bus_service) as bus, sum(registered_households) as households
    from fact_village_profile where period = '2022'
"""


def test_a_village_less(loaded_home: Path) -> None:
    receipt = next(
        r
        for r in in_force_of(loaded_home, "village_profile", "2022", format="xlsx")
        if r.contract == "village_profile.summary"
    )
    gone = pl.read_parquet(loaded_home / receipt.staged_files[0].path).row(2, named=True)
    before = ask(loaded_home, VILLAGES)[0]

    drop(loaded_home, receipt, "少一村.xlsx", without_row(loaded_home, receipt, gone["sheet_row"]))
    assert load(loaded_home)["deliveries"] == {"accepted": 1, "rejected": 0, "duplicate": 0}

    after = ask(loaded_home, VILLAGES)[0]
    assert before["bus"] - after["bus"] == int(gone["has_bus_service"])
    assert before["households"] - after["households"] == gone["registered_households"]


def test_other_targets_give_other_figures(tmp_path: Path) -> None:
    from sources.sample import Targets, write_sample

    targets = Targets(
        sales_revenue_2022_yuan=Decimal("876543210.98"),
        output_value_2022_yuan=Decimal("765432109.87"),
        farmer_loan_amount_yuan=Decimal("4321000"),
        farmer_loan_households=71,
        villages_with_bus=88,
    )
    write_sample(tmp_path, seed=77, targets=targets)

    figures = load(tmp_path)["figures"]

    assert figures["sales_revenue_yuan"] == 876543210.98
    assert figures["output_value_yuan"] == 765432109.87
    assert figures["villages_with_bus"] == 88
    loans = figures["farm_loans"]["rcb_yungang"]
    assert (loans["amount_yuan"], loans["households"]) == (4321000, 71)
