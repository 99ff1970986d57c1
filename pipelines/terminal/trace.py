"""A trace as a person at the terminal reads it."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl
from rich.console import Console
from rich.table import Table

from pipelines.terminal.load import print_wide
from warehouse.figures.status import STATUSES
from warehouse.figures.trace import Traced, TracedTerm

_MISSING = ("缺什么", "表名", "单位", "报告期", "对象")
_DOUBTS = ("文件", "工作表", "单元格", "字段", "值", "检查", "行的主键")
_TERMS = {"value": "各行", "numerator": "分子", "denominator": "分母"}
_HOW = {"sum": "相加", "count": "计数", "count_distinct": "去重计数"}


def show_trace(traced: Traced) -> None:
    """Show the figure, the cells of each term, and the files with their hashes."""
    figure, console = traced.figure, Console(highlight=False, markup=False, soft_wrap=True)
    if figure.is_synthetic:
        console.print("合成示例数据")
    console.print(
        f"{figure.indicator_name}　{figure.division_name}　{figure.period}　口径 {figure.basis}　"
        f"版本 {figure.version}\n= {number(figure.value)} {figure.unit}（{STATUSES[figure.status]}）"
        + (f"\n{figure.status_reasons}" if figure.status_reasons else "")
    )
    for term in traced.terms:
        print_wide(_cells(term))
    if traced.corrections.height:
        print_wide(_corrections(traced.corrections))
    if traced.decisions.height:
        print_wide(_decisions(traced.decisions))
    if traced.missing.height:
        print_wide(_table(f"还缺：{traced.missing.height} 项", _MISSING, traced.missing))
    if traced.doubts.height:
        print_wide(_table(f"待核：{traced.doubts.height} 处", _DOUBTS, traced.doubts))
    files = Table("文件", "SHA-256", title="归档文件", title_justify="left")
    known = {row for t in traced.terms for row in t.rows.select("file_name", "file_sha256").iter_rows()}
    for name, digest in sorted(known):
        files.add_row(name, digest)
    print_wide(files)
    console.print("相符：各行给出的数即公布的数" if traced.adds_up else "不符：各行给出的数不是公布的数")


def _cells(term: TracedTerm) -> Table:
    title = f"{_TERMS[term.term]}{_HOW[term.aggregate]}：{term.rows.height:,} 行，得 {number(term.amount)}"
    table = Table("文件", "工作表", "单元格", "字段", "表内的值", title=title, title_justify="left")
    table.add_column("读得的值", justify="right")
    table.add_column("计入", justify="right")
    for row in term.rows.iter_rows(named=True):
        texts = (row[name] or "" for name in ("file_name", "sheet_name", "cell", "field", "stored_value"))
        read = row["parsed_value"] or ""
        if row["field"] in (row["corrected"] or "").split(";"):
            read += "（更正）"
        table.add_row(*texts, read, number(row["value"]))
    return table


def _corrections(corrections: pl.DataFrame) -> Table:
    """Which cells of the rows were read otherwise than the file says, by whom, when and why."""
    title = f"更正：{corrections.height} 格不按文件里的值读取"
    table = Table("文件", "工作表", "单元格", "字段", title=title, title_justify="left")
    for heading in ("文件里的值", "读作", "登记人", "登记日期", "缘由", "编号"):
        table.add_column(heading)
    for row in corrections.iter_rows():
        table.add_row(*map(str, row))
    return table


def _table(title: str, headings: Sequence[str], rows: pl.DataFrame) -> Table:
    table = Table(*headings, title=title, title_justify="left")
    for row in rows.iter_rows():
        table.add_row(*("" if value is None else str(value) for value in row))
    return table


def _decisions(decisions: pl.DataFrame) -> Table:
    """Which deliveries count because a steward confirmed them, by whom, when and why."""
    table = Table("文件", "报送编号", title=f"确认：{decisions.height} 份", title_justify="left")
    for heading in ("决定人", "决定时间", "理由", "待核实的原因"):
        table.add_column(heading)
    for row in decisions.drop("decision").iter_rows():
        table.add_row(*map(str, row))
    return table


def number(value: Decimal | None) -> str:
    """With separators, and no more decimals than it has."""
    if value is None:
        return "无"
    return f"{value:,.4f}".rstrip("0").rstrip(".")
