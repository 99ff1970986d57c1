"""One cell of a source file changed moves the figures that depend on it, each by what the cell gave, and no other."""

import csv
import io
import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from sources.home.receipts import Receipt
from tests.district import INDICATORS
from tests.journeys.command import load, xiangcang
from tests.journeys.figures.archived_cell import as_number
from tests.journeys.figures.test_one_row import drop, in_force_of
from warehouse.database.query import query
from warehouse.database.store import Store

Row = dict[str, Any]
Moved = dict[tuple[str, str, str], Decimal]
"""By indicator, division and period: how much more a figure is."""

COUNTY = "140214000000"


def test_a_changed_cell_moves_the_figures_that_depend_on_it_and_no_other(loaded_home: Path) -> None:
    # cells of four forms, which no figure shares: one load tells what each of them moves
    changed = [
        sales_of_one_enterprise(loaded_home),
        visits_of_one_site_in_one_month(loaded_home),
        bus_of_one_village(loaded_home),
        amount_of_one_line_of_a_ledger(loaded_home),
    ]
    done = load(loaded_home)
    assert done["deliveries"] == {"accepted": 4, "held": 0, "rejected": 0, "duplicate": 0}

    rows = json.loads(xiangcang(loaded_home, "diff", "v000001", done["version"], "--json"))
    moved = {
        (r["indicator_code"], r["division_code"], r["period"]): round(
            Decimal(str(r["value_after"])) - Decimal(str(r["value_before"])), 4
        )
        for r in rows
    }
    assert moved == {key: by for figures in changed for key, by in figures.items()}
    assert len(moved) == sum(map(len, changed)) == len(rows)
    assert [row for row in rows if row["status_before"] != row["status_after"]] == []


def indicators_over(table: str, field: str) -> set[str]:
    """The indicators that have a term over this field of a staged table."""
    return {
        code
        for code, indicator in INDICATORS.items()
        for _, term in indicator.terms
        if table in dict(term.needs) and (field == term.column or f"'{field}'" in (term.cell or ""))
    }


def each_moved_by(change: Decimal, codes: set[str], divisions: list[str], periods: list[str]) -> Moved:
    return {(code, place, period): change for code in codes for place in divisions for period in periods}


def divisions_of(home: Path, village_code: str) -> list[str]:
    """A village, its township and the county."""
    sql = "select any_value(township_code) from dim_division where division_code = ?"
    return [village_code, query(Store(home), sql, [village_code]).item(), COUNTY]


def staged(home: Path, receipt: Receipt) -> list[Row]:
    return pl.read_parquet([home / part.path for part in receipt.staged_files]).to_dicts()


def plain_delivery(home: Path, table: str, period: str) -> Receipt:
    """A delivery in an .xlsx of one sheet, with no more printed totals than one of each field."""
    return next(
        r
        for r in in_force_of(home, table, period, format="xlsx")
        if r.rows.accepted > 2 and 0 < len(r.control_totals) == len({t.field for t in r.control_totals})
    )


def change_cell(home: Path, receipt: Receipt, row: Row, field: str, to: Any, change: Decimal) -> None:
    """Send the archived workbook again with one cell changed, and its printed total by as much in its unit."""
    book = openpyxl.load_workbook(io.BytesIO((home / "archive" / receipt.file.sha256).read_bytes()))
    sheet = book[row["sheet_name"]]
    (facts,) = (facts for facts in receipt.sheets if facts.name == row["sheet_name"])
    sheet[f"{facts.columns[field]}{row['sheet_row']}"].value = to
    for total in receipt.control_totals:
        if total.field == field:
            printed = as_number(str(sheet[total.cell].value))
            assert printed is not None
            sheet[total.cell].value = float(printed + change)
    out = io.BytesIO()
    book.save(out)
    drop(home, receipt, f"改一格（{receipt.form_title}）.xlsx", out.getvalue())


def scale_of(receipt: Receipt, row: Row, field: str) -> Decimal:
    (facts,) = (facts for facts in receipt.sheets if facts.name == row["sheet_name"])
    return Decimal(facts.in_block(facts.scales, field, row["sheet_block"]) or 1)


def sales_of_one_enterprise(home: Path) -> Moved:
    """Change them in the last quarter; gives what must move."""
    field = "sales_revenue_ytd_yuan"
    receipt = plain_delivery(home, "agri_processing", "2022-Q4")
    row = staged(home, receipt)[1]
    scale = scale_of(receipt, row, field)

    change_cell(home, receipt, row, field, float(row[field] / scale + 3), Decimal(3))

    sql = "select division_code from dim_reporter where reporter_code = ?"
    township = query(Store(home), sql, [row["reporter_code"]]).item()
    codes = indicators_over("agri_processing", field)
    assert codes == {"agri_processing_sales_revenue"}
    return each_moved_by(3 * scale, codes, [township, COUNTY], ["2022-Q4", "2022"])


def visits_of_one_site_in_one_month(home: Path) -> Moved:
    """Change them; gives what must move."""
    receipt = next(
        r for r in in_force_of(home, "rural_tourism", "2022-06", format="xlsx") if r.control_totals
    )
    row = staged(home, receipt)[0]
    scale = scale_of(receipt, row, "visits")

    change_cell(home, receipt, row, "visits", float(row["visits"] / scale + 7), Decimal(7))

    codes = indicators_over("rural_tourism", "visits")
    assert codes == {"rural_tourism_visits"}
    periods = ["2022-06", "2022-Q2", "2022"]
    return each_moved_by(7 * scale, codes, divisions_of(home, row["village_code"]), periods)


def bus_of_one_village(home: Path) -> Moved:
    """Take it away; gives what must move."""
    receipt = plain_delivery(home, "village_profile", "2022")
    row = next(row for row in staged(home, receipt) if row["has_bus_service"])
    rates = query(
        Store(home),
        "select division_code, value, numerator, denominator from mart_figure"
        " where indicator_code = 'village_bus_coverage_rate' and period = '2022'",
    )
    before = {place: values for place, *values in rates.iter_rows()}

    change_cell(home, receipt, row, "has_bus_service", "否", Decimal(-1))

    assert indicators_over("village_profile", "has_bus_service") == {"village_bus_coverage_rate"}
    return {
        ("village_bus_coverage_rate", place, "2022"): percent(numerator - 1, denominator) - value
        for place, (value, numerator, denominator) in before.items()
        if place in divisions_of(home, row["village_code"])
    }


def percent(numerator: Decimal, denominator: Decimal) -> Decimal:
    return (100 * numerator / denominator).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def amount_of_one_line_of_a_ledger(home: Path) -> Moved:
    """Change that of a note first seen in the last ledger; gives what must move."""
    receipt = next(
        r
        for r in in_force_of(home, "loan_note", "2022-12-31", format="text")
        if r.reporter_code == "rcb_yungang"
    )
    known = {
        row["note_number"]
        for period in ("2022-10-31", "2022-11-30")
        for r in in_force_of(home, "loan_note", period)
        for row in staged(home, r)
    }
    row = next(
        row
        for row in staged(home, receipt)
        if row["note_number"] not in known
        and (row["borrower_type"], row["grant_type"]) == ("农户", "新增")
        and row["village_code"] and not row["prior_note_number"]
    )  # fmt: skip

    drop(home, receipt, "改一笔20221231.csv", with_amount_raised(home, receipt, row, 500))

    codes = indicators_over("loan_note", "amount_yuan")
    to_date = {"farmer_loan_disbursed_cum", "farm_loan_disbursed_to_date"}
    in_period = "farm_loan_disbursed"
    unknown = {"unknown_borrower_loan_disbursed", "unknown_grant_type_loan_disbursed"}
    assert codes == {*to_date, in_period, *unknown}
    assert f"{row['grant_date']:%Y-%m}" == "2022-12"
    places = divisions_of(home, row["village_code"])
    return each_moved_by(Decimal(500), {in_period}, places, ["2022-12", "2022-Q4", "2022"]) | each_moved_by(
        Decimal(500), to_date, places, ["2022"]
    )


def with_amount_raised(home: Path, receipt: Receipt, row: Row, more: int) -> bytes:
    """The archived ledger with one amount raised, and its trailer to fit."""
    data = (home / "archive" / receipt.file.sha256).read_bytes()
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
    lines = data.decode(encoding).splitlines()
    fields = next(csv.reader([lines[row["sheet_row"] - 1]]))
    fields[ord(receipt.sheets[0].columns["amount_yuan"]) - ord("A")] = f"{row['amount_yuan'] + more}"
    lines[row["sheet_row"] - 1] = ",".join(f'"{field}"' for field in fields)
    printed = {total.field: total.printed for total in receipt.control_totals if total.printed is not None}
    lines[-1] = f"合计笔数,{printed['*']:.0f},发放金额合计,{printed['amount_yuan'] + more:.2f}"
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
