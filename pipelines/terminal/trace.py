"""A trace as a person at the terminal reads it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import polars as pl
from rich.console import Console
from rich.table import Table

from pipelines.terminal.load import print_wide
from sources.text.printable import printable
from warehouse.figures.status import STATUSES
from warehouse.figures.trace import Details, Traced, TracedTerm

_DETAILS: dict[Details, tuple[str, Sequence[str]]] = {
    "corrections": (
        "更正：{} 格不按文件里的值读取",
        ("文件", "工作表", "单元格", "字段", "文件里的值", "读作", "登记人", "登记日期", "缘由", "编号"),
    ),
    "decisions": ("确认：{} 份", ("文件", "报送编号", "决定人", "决定时间", "理由", "待核实的原因")),
    "missing": ("还缺：{} 项", ("缺什么", "表名", "单位", "报告期", "对象")),
    "doubts": ("待核：{} 处", ("文件", "工作表", "单元格", "字段", "值", "检查", "行的主键")),
    "answers": ("答复：{} 处", ("文件", "工作表", "单元格", "所问", "填报单位的说明")),
}
"""Title and headings of the tables of details."""
_TERMS = {"value": "各行", "numerator": "分子", "denominator": "分母"}
_HOW = {"sum": "相加", "count": "计数", "count_distinct": "去重计数"}


def show_trace(
    traced: Traced, rows: Mapping[str, pl.DataFrame], details: Mapping[Details, tuple[pl.DataFrame, int]]
) -> None:
    """Show the figure, the first cells of each term, the first of each kind of details, and files with their hashes.

    rows: by term, those to show, with `stored_value`. details: those to show, with the number of all.
    """
    figure, console = traced.figure, Console(highlight=False, markup=False, soft_wrap=True)
    if figure.is_synthetic:
        console.print("合成示例数据")
    console.print(
        f"{figure.indicator_name}　{figure.division_name}　{figure.period}　口径 {figure.basis}　"
        f"版本 {figure.version}\n= {number(figure.value)} {figure.unit}（{STATUSES[figure.status]}）"
        + (f"\n{figure.status_reasons}" if figure.status_reasons else "")
    )
    for term in traced.terms:
        _show_first(_cells(term, rows[term.term]), term.row_count)
    for name, (first, count) in details.items():
        if count:
            title, headings = _DETAILS[name]
            _show_first(
                _table(title.format(f"{count:,}"), headings, first.drop("decision", strict=False)), count
            )
    files = Table("文件", "SHA-256", title="归档文件", title_justify="left")
    for file in traced.files.select("file_name", "file_sha256").unique(maintain_order=True).iter_rows():
        files.add_row(*file)
    print_wide(files)
    console.print("相符：各行给出的数即公布的数" if traced.adds_up else "不符：各行给出的数不是公布的数")


def _show_first(table: Table, count: int) -> None:
    """Show a table of the first rows, and below it that there are more."""
    print_wide(table)
    if table.row_count < count:
        print(f"以上为前 {table.row_count:,} 行，共 {count:,} 行；--rows N 列出前 N 行，--json 给出全部")


def _cells(term: TracedTerm, rows: pl.DataFrame) -> Table:
    title = f"{_TERMS[term.term]}{_HOW[term.aggregate]}：{term.row_count:,} 行，得 {number(term.amount)}"
    table = Table("文件", "工作表", "单元格", "字段", "表内的值", title=title, title_justify="left")
    table.add_column("读得的值", justify="right")
    table.add_column("计入", justify="right")
    for row in rows.iter_rows(named=True):
        texts = (row[name] or "" for name in ("file_name", "sheet_name", "cell", "field", "stored_value"))
        read = row["parsed_value"] or ""
        if row["field"] in (row["corrected"] or "").split(";"):
            read += "（更正）"
        table.add_row(*map(printable, texts), printable(read), number(row["value"]))
    return table


def _table(title: str, headings: Sequence[str], rows: pl.DataFrame) -> Table:
    table = Table(*headings, title=title, title_justify="left")
    for row in rows.iter_rows():
        table.add_row(*("" if value is None else printable(str(value)) for value in row))
    return table


def number(value: Decimal | None) -> str:
    """With separators, and no more decimals than it has."""
    if value is None:
        return "无"
    return f"{value:,.4f}".rstrip("0").rstrip(".")
