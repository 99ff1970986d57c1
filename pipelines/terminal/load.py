"""What a person at the terminal sees: the summary at the end of a load, and tables."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.state.load_record import FailingCheck, LoadRecord
from pipelines.terminal.headlines import Headline
from pipelines.terminal.next_steps import NextStep, shown_path
from pipelines.terminal.rejected import RejectedGroup
from sources.text.printable import printable
from warehouse.database.store import VersionManifest
from warehouse.reports.quality.failing import severity_word

_DELIVERIES = {"accepted": "接收", "held": "待核实", "rejected": "退回", "duplicate": "重复"}
_ROWS = {"accepted": "接收", "flagged": "其中存疑", "rejected": "退回", "skipped": "未计"}
_CHECKS = {"passed": "通过", "warned": "提醒", "failed": "未通过"}
_SHOWN_GROUPS, _SHOWN_CHECKS = 8, 6


def show_load(
    record: LoadRecord,
    figures: Sequence[Headline],
    warehouse_file: Path,
    rejected: Sequence[RejectedGroup] = (),
    next_steps: Iterable[NextStep] = (),
) -> None:
    """Show the summary of a load, a line each no wider than the terminal: counts, what failed, figures, what is next."""
    counts = [
        ("报送", _counted(record.deliveries, _DELIVERIES)),
        ("行", _counted(record.rows, _ROWS)),
        ("检查", _counted(record.checks, _CHECKS)),
    ]
    _show_lines("合成示例数据" if record.synthetic else "加载结果", counts)
    if rejected:
        _show_lines(f"退回 {sum(group.files for group in rejected)} 份，按错处", _rejected(rejected))
    if record.failing:
        _show_lines("未通过的检查", _failing(record.failing))
    shown = [(f"{figure.name}（{figure.period}）", figure.text) for figure in figures]
    if record.figure_statuses:
        shown.append(("区县指标数", record.counts_of_figures))
    _show_lines("主要指标", shown)
    page = [("质量页、首页", f"没有写出：{record.page_error}")] if record.page_error else []
    kept = shown_path(warehouse_file) if record.version else "尚无"
    _show_lines("发布", [("现行", _published(record)), *page, ("仓库文件", kept)])
    _show_lines("接着可看", next_steps, cut=False)


def _show_lines(title: str, lines: Iterable[tuple[str, str]], *, cut: bool = True) -> None:
    """Show a title and lines of two columns below it, nothing without lines. cut: what is too wide for the terminal."""
    rows, console = list(lines), Console(markup=False, highlight=False)
    if rows:
        console.print(Text(title, style="bold"))
    width = max((cell_len(label) for label, _ in rows), default=0)
    for label, text in rows:
        line = f"  {set_cell_size(printable(label), width)}  {printable(text)}".rstrip()
        console.print(Text(line), no_wrap=True, overflow="ellipsis" if cut else "ignore", crop=cut)


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


def _rejected(groups: Sequence[RejectedGroup]) -> Iterator[tuple[str, str]]:
    for group in groups[:_SHOWN_GROUPS]:
        yield f"{group.files:>3} 份", group.message
        yield "", f"{group.cell}　{group.file}".strip("　")
    if len(groups) > _SHOWN_GROUPS:
        others = sum(group.files for group in groups[_SHOWN_GROUPS:])
        yield f"{others:>3} 份", "错处另有几种，见质量页"


def _failing(failing: Sequence[FailingCheck]) -> Iterator[tuple[str, str]]:
    for check in failing[:_SHOWN_CHECKS]:
        word = severity_word(check.severity, blocking=check.blocking)
        yield f"{word} {check.failed_rows:,} 行", f"{check.title}（{check.asset}）"
    if len(failing) > _SHOWN_CHECKS:
        yield "", f"另有 {len(failing) - _SHOWN_CHECKS} 项"


def _published(record: LoadRecord) -> str:
    if record.published:
        return f"版本 {record.version}" + ("；此后出错" if record.error else "")
    if record.error:
        return f"未发布；现行版本仍为 {record.version}" if record.version else "未发布；尚无版本"
    return f"没有改动，未重建、未发布；现行版本 {record.version}"
