"""Small township workbooks, written inline by tests."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import xlsxwriter

WRITTEN = datetime(2022, 4, 1, 9)
"""Not now: the same book is the same bytes, whenever it is written again."""

Fill = Callable[[xlsxwriter.Workbook, str], None]

VILLAGE_HEADER = [
    "村名", "户籍户数", "户籍人口", "是否通公交", "卫生厕所户数",
    "垃圾收运处理", "日产日清", "污水处理", "自来水户数", "通硬化路",
]  # fmt: skip
ENTERPRISE_HEADER = [
    "企业名称", "统一社会信用代码", "产业集群", "龙头企业级别", "是否规模以上", "销售收入", "产值",
]  # fmt: skip


def write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    title: str,
    lines: list[str],
    header: list[str],
    rows: list[list[Any]],
) -> None:
    """A title, a line of stated facts, a header and rows."""
    sheet = book.add_worksheet(name)
    sheet.merge_range(0, 0, 0, len(header) - 1, title)
    for column, line in enumerate(lines):
        sheet.write(1, 3 * column, line)
    for row, cells in enumerate([header, *rows]):
        sheet.write_row(2 + row, 0, cells)


def village_book(
    township: str, villages: list[str], beside: Fill | None = None, total: int | None = None, **figures: Any
) -> bytes:
    """A 村基本情况年报 for 2021 with one line a village; `beside` adds another sheet, `total` is the printed total
    of households, if not their sum."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.set_properties({"created": WRITTEN})
    row = {"households": 100, "persons": 260, "toilets": 60} | figures
    rows = [
        [village, row["households"], row["persons"], "是", row["toilets"], "是", "是", "否", 90, "是"]
        for village in villages
    ]
    households = [cells[1] for cells in rows if isinstance(cells[1], int)]
    rows.append(["合计", sum(households) if total is None else total])
    write_sheet(
        book, "年报", "村基本情况年报", [f"填报单位：{township}", "报告期：2021年"], VILLAGE_HEADER, rows
    )
    if beside is not None:
        beside(book, township)
    book.close()
    return out.getvalue()


def enterprise_book(book: xlsxwriter.Workbook, township: str) -> None:
    """A 农产品加工企业统计表 of one enterprise, as another sheet."""
    lines = [f"填报单位：{township}", "报告期：2022年一季度", "计量单位：万元"]
    rows = [["某某乳业有限公司", "91110000600037341L", "乳品", "省级", "是", 12.5, 11]]
    rows.append(["合计", *[None] * 4, 12.5, 11])
    write_sheet(book, "加工企业", "农产品加工企业统计表", lines, ENTERPRISE_HEADER, rows)
