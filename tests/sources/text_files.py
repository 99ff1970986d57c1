"""Text files sent by a bank to a home of a test, and what is staged of them."""

import atexit
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.intake import receive
from sources.reading.worker import Reader
from tests.district import prepare
from tests.sources.ledger import BANK

READER = Reader()
atexit.register(READER.close)


def stage(tmp_path: Path, *lines: str, encoding: str = "gb18030", name: str = "台账20221231.csv") -> Receipt:
    return send(tmp_path, "\r\n".join([*lines, ""]).encode(encoding), name, BANK)


def send(tmp_path: Path, data: bytes, name: str, folder: str) -> Receipt:
    home = Home(tmp_path)
    prepare(home)
    (home.inbox / folder).mkdir(exist_ok=True)
    (home.inbox / folder / name).write_bytes(data)
    return receive_one(tmp_path)


def receive_one(tmp_path: Path) -> Receipt:
    [receipt] = receive_again(tmp_path)
    return receipt


def staged_lines(tmp_path: Path, receipt: Receipt) -> list[int]:
    return pl.read_parquet([tmp_path / part.path for part in receipt.staged_files])["sheet_row"].to_list()


def rejected(tmp_path: Path, receipt: Receipt) -> list[tuple[int, str, str, str | None]]:
    if not receipt.rejected_files:
        return []
    rows = pl.read_parquet([tmp_path / part.path for part in receipt.rejected_files])
    return rows.select("sheet_row", "cell", "rule", "value").rows()


def receive_again(tmp_path: Path) -> list[Receipt]:
    """Receive what is new in a home, or to be read again."""
    return receive(
        Home(tmp_path), READER, now=lambda: datetime.now(ZoneInfo("Asia/Shanghai")), settle_seconds=0
    )
