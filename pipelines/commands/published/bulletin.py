"""`xiangcang bulletin`: the yearly report as a page, a document and a workbook, and its comparison with the printed one."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import asdict

import duckdb
import polars as pl

from pipelines.commands import Refused
from pipelines.pages.home import renew_home_page
from pipelines.pages.published import read_bulletin, write_bulletin
from pipelines.pages.year import write_pages_beside
from pipelines.state.addresses import pages_folder
from pipelines.state.instance import home_root
from pipelines.terminal.answers import to_json
from pipelines.terminal.load import show_rows
from schemas.errors import XiangcangError
from warehouse.database.store import Store
from warehouse.reports.bulletin.compare import VERDICTS, Compared
from warehouse.reports.bulletin.lines import exact_words


def run(arguments: argparse.Namespace) -> int:
    """Write 公报<year>.html, .docx and .xlsx, and the pages beside them, and say where; with --compare, show the comparison."""
    if arguments.json and not arguments.compare:
        raise Refused("--json 给出对照的结果，与 --compare 同用")
    store = Store(home_root())
    try:
        bulletin = read_bulletin(store, arguments.year)
        if arguments.compare and not bulletin.compared:
            raise Refused(
                f"没有收录{bulletin.district} {arguments.year} 年印出的公报，不能对照；去掉 --compare 仍可写出本年的页面"
            )
        folder = arguments.out or pages_folder(home_root())
        townships, traces = write_pages_beside(home_root(), arguments.year, folder)
        output = sys.stderr if arguments.json else sys.stdout
        for path in (*write_bulletin(bulletin, folder, traced=True), townships):
            print(path, file=output)
        if not arguments.out:
            renew_home_page(home_root())
        print(f"{traces[0].parent}（溯源 {len(traces)} 页）", file=output)
    except (XiangcangError, OSError, duckdb.Error) as error:
        raise Refused(f"公报没有写出：{error}") from error
    if arguments.json:
        print(to_json([asdict(row) for row in bulletin.compared]))
    elif arguments.compare:
        show_rows(comparison_table(bulletin.compared))
        if bulletin.version.is_synthetic:
            print("合成示例数据：一致只说明规则能得出所印的数，不说明本区的实际情况")
    return 0


def comparison_table(compared: Iterable[Compared]) -> pl.DataFrame:
    """Put the comparison into words, a row per printed figure."""
    return pl.DataFrame(
        [
            {
                "编号": row.fig_id,
                "指标": row.name,
                "公报所印": row.printed or "",
                "计算所得": row.rendered or "",
                "准确值": exact_words(row.computed, row.unit or "") if row.computed is not None else "",
                "结论": VERDICTS[row.verdict],
                "来源表": row.form,
            }
            for row in compared
        ]
    )
