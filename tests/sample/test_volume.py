"""The large deliveries that are measured with."""

import io
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from sample.volume import write_ledger, write_workbooks
from schemas.rules import id_number_holds


def lines(path: Path) -> pl.DataFrame:
    """The lines of a UTF-8 ledger as text, without its trailer."""
    return pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True)[:-1]


def test_large_ledgers_hold_the_same_rows_in_both_encodings(tmp_path: Path) -> None:
    write_ledger(tmp_path / "wide.csv", 3000, encoding="gb18030")
    write_ledger(tmp_path / "plain.csv", 3000, encoding="utf-8")
    assert (tmp_path / "wide.csv").read_bytes().decode("gb18030") == (
        tmp_path / "plain.csv"
    ).read_bytes().decode()


def test_large_ledgers_trailer_is_right(tmp_path: Path) -> None:
    written = write_ledger(tmp_path / "ledger.csv", 3000, encoding="utf-8")
    total = sum(map(Decimal, lines(tmp_path / "ledger.csv")["发放金额"]))
    assert (written.rows, written.amount_yuan) == (3000, total)
    trailer = (tmp_path / "ledger.csv").read_text("utf-8").splitlines()[-1]
    assert trailer == f"合计笔数,3000,发放金额合计,{total:.2f}"


def test_one_row_in_a_thousand_of_a_large_ledger_is_bad(tmp_path: Path) -> None:
    written = write_ledger(tmp_path / "ledger.csv", 5000, encoding="utf-8")
    ledger = lines(tmp_path / "ledger.csv").with_row_index("line")
    balance, amount = (pl.col(name).cast(pl.Decimal(18, 2)) for name in ("贷款余额", "发放金额"))
    bad = {
        "check digit": ~id_number_holds(pl.col("证件号码")),
        "balance": balance > amount,
        "village": pl.col("行政村") == "无此村",
        "due date": pl.col("到期日期") < pl.col("发放日期"),
        "grant date": pl.col("发放日期").str.to_date(strict=False).is_null(),
    }
    assert {kind: ledger.filter(rule)["line"].to_list() for kind, rule in bad.items()} == {
        "check digit": [999], "balance": [1999], "village": [2999], "due date": [3999], "grant date": [4999],
    }  # fmt: skip
    assert written.bad_rows == 5


def test_large_workbooks_are_spread_over_townships_and_quarters(tmp_path: Path) -> None:
    written = write_workbooks(tmp_path, 8, 50)
    assert [path.name[:9] for path in written[5:]] == ["鸦儿崖乡2026年", "高山镇2026年二", "云冈镇2026年二"]
    assert {path.parent.name for path in written} == {
        "高山镇", "云冈镇", "口泉乡", "西韩岭乡", "平旺乡", "鸦儿崖乡",
    }  # fmt: skip


@pytest.mark.parametrize("position", range(6))
def test_large_workbooks_hold_the_rows_asked_for(tmp_path: Path, position: int) -> None:
    path = write_workbooks(tmp_path, 6, 50)[position]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).get_sheet_by_index(0).to_python()
    assert sum(str(cell).startswith("91999214") for row in rows for cell in row) == 50
