"""Benchmark of 200 township workbooks to staged rows, against calamine reading the same cells."""

import io
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from python_calamine import CalamineWorkbook

from sample.volume import write_workbooks
from sources.home.folders import Home
from sources.intake import receive
from sources.reading.worker import Reader

WORKBOOKS, ROWS = 200, 200
MOST_RATIO = 4


def measure_workbooks() -> None:
    """Print what receiving costs, as a multiple of reading every cell with calamine."""
    with tempfile.TemporaryDirectory() as scratch, Reader() as reader:
        home = Home(Path(scratch))
        home.prepare()
        paths = write_workbooks(home.inbox, WORKBOOKS, ROWS)
        reader.read(
            paths[0].read_bytes()
        )  # starts the worker, which a load does once and not for each workbook
        started = time.perf_counter()
        cells = sum(count_cells(path) for path in paths)
        yardstick = time.perf_counter() - started
        started = time.perf_counter()
        receipts = receive(
            home, reader, now=lambda: datetime.now(ZoneInfo("Asia/Shanghai")), settle_seconds=0
        )
        whole = time.perf_counter() - started
    rows = sum(receipt.rows.accepted for receipt in receipts)
    print(
        f"workbooks: {WORKBOOKS} of {ROWS} rows, {cells:,} cells, {rows:,} rows staged; {whole:.2f} s, "
        f"{whole / yardstick:.1f} times calamine's {yardstick:.2f} s (goal: at most {MOST_RATIO})"
    )


def count_cells(path: Path) -> int:
    """Read every cell of a workbook with calamine; return how many there are, empty ones included."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    sheets = (workbook.get_sheet_by_name(name) for name in workbook.sheet_names)
    return sum(len(row) for sheet in sheets for row in sheet.to_python(skip_empty_area=False))
