"""The same small form in every format that workbooks are read from, and ledgers as text."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime

import xlsxwriter

from sample.files.containers import to_html, to_xls
from sample.files.grid import CellValue, PrintedGrid
from tests.journeys.townships import ENTERPRISE_HEADER, VILLAGE_HEADER
from tests.sources.fuzz.containers import to_ods, to_xml2003
from tests.sources.ledger import BANK, STOCK_BANK, ledger, line, stock
from tests.trust.deliveries.receiving import TOWNSHIP

VILLAGES = ["杨家窑村", "上窝寨村"]
CREDIT_CODE = "91110000600037341L"


def village_grid(persons: int = 260) -> PrintedGrid:
    """Lay out 村基本情况年报 of 2021, with a printed total of households."""
    grid = PrintedGrid("年报")
    grid.merge(0, 0, 0, len(VILLAGE_HEADER) - 1, "村基本情况年报")
    grid.put(1, 0, f"填报单位：{TOWNSHIP}")
    grid.put(1, 3, "报告期：2021年")
    rows: list[list[CellValue]] = [
        [village, 100, persons, "是", 60, "是", "是", "否", 90, "是"] for village in VILLAGES
    ]
    rows.append(["合计", 100 * len(VILLAGES)])
    _put_rows(grid, [VILLAGE_HEADER, *rows])
    return grid


def enterprise_grid(name: str = "某某乳业有限公司", code: str | float = CREDIT_CODE) -> PrintedGrid:
    """Lay out 农产品加工企业统计表 of one enterprise, with totals."""
    grid = PrintedGrid("加工企业")
    grid.merge(0, 0, 0, len(ENTERPRISE_HEADER) - 1, "农产品加工企业统计表")
    for column, text in enumerate((f"填报单位：{TOWNSHIP}", "报告期：2022年一季度", "计量单位：万元")):
        grid.put(1, 2 * column, text)
    row: list[CellValue] = [name, code, "乳品", "省级", "是", 12.5, 11]
    _put_rows(grid, [ENTERPRISE_HEADER, row, ["合计", "", "", "", "", 12.5, 11]])
    return grid


def _put_rows(grid: PrintedGrid, rows: Sequence[Sequence[CellValue]]) -> None:
    """Write a header and rows below the two lines at the top."""
    for at, cells in enumerate(rows):
        for column, value in enumerate(cells):
            grid.put(2 + at, column, value)


def to_xlsx(grids: list[PrintedGrid]) -> bytes:
    """Write an Excel workbook, the same bytes every time."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2022, 4, 1, 9)})
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            for (row, column), value in grid.cells.items():
                sheet.write(row, column, value)
    return data.getvalue()


WORKBOOKS: dict[str, Callable[[list[PrintedGrid]], bytes]] = {
    "xlsx": to_xlsx,
    "xls": to_xls,
    "ods": to_ods,
    "xml2003": to_xml2003,
    "html": to_html,
}
"""What writes each format."""


def sound_file(format: str, rows: int = 8, persons: int = 260) -> tuple[str, bytes]:
    """Write a sound file of a format; give its place in the inbox and its bytes. rows: of a text; persons: of each village."""
    if format == "csv":
        return f"{BANK}/台账.csv", ledger(*[line(n, day="2023-01-31") for n in range(rows, 0, -1)])
    if format == "dat":
        return f"{STOCK_BANK}/91999214MAXD3FKRQ4_CLGRDK_20221231.dat", stock(rows)
    suffix = {"xlsx": "xlsx", "ods": "ods"}.get(format, "xls")
    return f"{TOWNSHIP}/村表.{suffix}", WORKBOOKS[format]([village_grid(persons)])
