"""What a person at the terminal sees: progress lines while a load works, tables at its end."""

import logging
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from pipelines.state.load_record import FailingCheck, LoadRecord
from pipelines.terminal.headlines import Headline
from sources.text.printable import printable
from warehouse.database.store import VersionManifest
from warehouse.reports.quality.failing import severity_word

_DELIVERIES = {"accepted": "接收", "held": "待核实", "rejected": "退回", "duplicate": "重复"}
_ROWS = {"accepted": "接收", "flagged": "其中存疑", "rejected": "退回", "skipped": "未计"}
_CHECKS = {"passed": "通过", "warned": "提醒", "failed": "未通过"}
_SHOWN_CHECKS = 10


def show_progress() -> None:
    """Write what a load says while it works, and warnings, to standard error: a line each with the time."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(_Lines("%(asctime)s %(message)s", "%H:%M:%S"))
    logging.basicConfig(handlers=[lines])
    logging.getLogger("xiangcang").setLevel(logging.INFO)


class _Lines(logging.Formatter):
    """Writes what a line says without what a terminal would obey."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(printable, super().format(record).split("\n")))


def show_load(record: LoadRecord, figures: Sequence[Headline], warehouse_file: Path) -> None:
    """Show the summary of a load: its record, and the headline figures of the published version."""
    table = Table(show_header=False, title="合成示例数据" if record.synthetic else None)
    table.add_row("报送", _counted(record.deliveries, _DELIVERIES))
    table.add_row("行", _counted(record.rows, _ROWS))
    table.add_row("检查", _counted(record.checks, _CHECKS))
    if record.failing:
        table.add_section()
        for title, value in _failing(record.failing):
            table.add_row(title, value)
    if figures:
        table.add_section()
        for figure in figures:
            table.add_row(f"{figure.name}（{figure.period}）", figure.text)
    if record.figure_statuses:
        table.add_row("区县指标数", record.counts_of_figures)
    table.add_section()
    table.add_row("发布", _published(record))
    if record.page_error:
        table.add_row("质量页、首页", f"没有写出：{record.page_error}")
    table.add_row("仓库文件", str(warehouse_file) if record.version else "尚无")
    print_wide(table)


def show_rows(rows: pl.DataFrame) -> None:
    """Show a query's answer as a table."""
    table = Table()
    for name in rows.columns:
        right = rows.schema[name].is_numeric()
        table.add_column(name, justify="right" if right else "left")
    for row in rows.iter_rows():
        table.add_row(*("" if value is None else printable(str(value)) for value in row))
    print_wide(table)


def show_versions(
    versions: Sequence[tuple[VersionManifest, Mapping[str, int]]],
    current: VersionManifest | None,
    kept: Collection[str],
) -> None:
    """Show published versions with their checks by outcome, newest first; the one that readers get is marked.

    kept: those whose file is there to go back to.
    """
    table = Table("", "版本", "发布时间", "截止时间", "行数", "提醒", "未通过", "文件")
    for manifest, checks in versions:
        table.add_row(
            "*" if manifest == current else "",
            manifest.version,
            f"{manifest.built_at:%Y-%m-%d %H:%M}",
            f"{manifest.cut_off:%Y-%m-%d %H:%M}",
            f"{sum(manifest.row_counts.values()):,}",
            f"{checks['warned']:,}",
            f"{checks['failed']:,}",
            "有" if manifest.version in kept else "已移除",
        )
    print_wide(table)


def print_wide(table: Table) -> None:
    """At its own width: a folded row is harder to read than a long line."""
    console = Console(markup=False, highlight=False)
    natural = console.measure(table, options=console.options.update(width=10_000)).maximum
    console.width = max(console.width, natural)
    console.print(table)


def _counted(counts: Mapping[str, int], titles: Mapping[str, str]) -> str:
    return "  ".join(f"{title} {counts.get(name, 0):,}" for name, title in titles.items())


def _failing(failing: Sequence[FailingCheck]) -> Iterator[tuple[str, str]]:
    for check in failing[:_SHOWN_CHECKS]:
        yield (
            severity_word(check.severity, blocking=check.blocking),
            f"{check.title}：{check.failed_rows:,} 行（{check.asset}）",
        )
    if len(failing) > _SHOWN_CHECKS:
        yield "", f"另有 {len(failing) - _SHOWN_CHECKS} 项"


def _published(record: LoadRecord) -> str:
    if record.published:
        return f"版本 {record.version}" + ("；此后出错" if record.error else "")
    if record.error:
        return f"未发布；现行版本仍为 {record.version}" if record.version else "未发布；尚无版本"
    return f"没有改动，未重建、未发布；现行版本 {record.version}"
