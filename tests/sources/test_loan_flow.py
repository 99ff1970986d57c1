"""Flow files of a bank: grants, recoveries and reversals, with the field for a reason or without."""

from pathlib import Path

import polars as pl

from sources.home.receipts import Receipt
from tests.sources.ledger import STOCK_BANK, flow_line
from tests.sources.text_files import rejected, send

NAME = "91999214MAXD3FKRQ4_GRDKFS_20221231.dat"


def send_flow(tmp_path: Path, *lines: str) -> Receipt:
    return send(tmp_path, "".join(line + "\r\n" for line in lines).encode("gb18030"), NAME, STOCK_BANK)


def test_a_file_may_have_the_reason_of_reversals_behind_the_fields_of_the_standard(tmp_path: Path) -> None:
    receipt = send_flow(
        tmp_path,
        flow_line(1, reason=""),
        flow_line(2, kind="2", reason="录入有误"),
        flow_line(3, kind="2", reason="系统升级"),
    )

    (staged,) = receipt.staged_files
    rows = pl.read_parquet(tmp_path / staged.path)
    names = ("transaction_type", "transaction_amount_yuan", "grant_type", "reversal_reason")
    assert [tuple(map(str, row)) for row in rows.select(names).rows()] == [
        ("发放", "100.00", "新增", "None"),
        ("冲销发放", "100.00", "新增", "录入有误"),
        ("冲销发放", "100.00", "新增", "其他"),
    ]


def test_a_reversal_needs_a_reason_and_nothing_else_has_one(tmp_path: Path) -> None:
    receipt = send_flow(
        tmp_path, flow_line(1, reason="录入有误"), flow_line(2, kind="2", reason=""), flow_line(3, reason="")
    )

    assert [(row, rule) for row, _, rule, _ in rejected(tmp_path, receipt)] == [
        (1, "row__reversal_has_reason"),
        (2, "row__reversal_has_reason"),
    ]


def test_a_file_of_the_standard_has_no_reversals(tmp_path: Path) -> None:
    receipt = send_flow(tmp_path, flow_line(1), flow_line(2, kind="2"))

    assert [(row, rule) for row, _, rule, _ in rejected(tmp_path, receipt)] == [
        (2, "row__reversal_has_reason")
    ]
