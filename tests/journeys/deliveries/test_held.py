"""A partial resubmission waits: figures stay until a steward confirms it, and come back when it is withdrawn."""

import io
import os
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from pipelines.definitions import definitions
from pipelines.state.instance import run_history
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from tests.journeys.command import environment, load, query_published, run_here, xiangcang
from tests.journeys.townships import ENTERPRISE_HEADER, write_sheet

SALES = """
    select value, status from mart_figure
    where indicator_code = 'agri_processing_sales_revenue' and period = '2022-Q4' and division_level = 'county'
"""
DELIVERY = """
    select outcome, is_in_force, frame_rows, lacking_rows, hold_reasons, decision, decided_by, decision_reason
    from dq_delivery where delivery_id = '{}'
"""


def agri(home: Path, name: str = "") -> Receipt:
    """The township's last delivery of the last quarter; name: in the name of its file."""
    of_quarter = [r for r in read_receipts(Home(home)) if r.key == ("agri_processing", "gaoshan", "2022-Q4")]
    return [r for r in of_quarter if r.outcome == "accepted" and name in r.file.name][-1]


def send_part(home: Path, whole: Receipt) -> tuple[str, Decimal]:
    """Send the first two enterprises alone, with their total; return the file's name and what sales would be less."""
    rows = pl.concat([pl.read_parquet(home / part.path) for part in whole.staged_files])
    amounts = ["sales_revenue_ytd_yuan", "output_value_ytd_yuan"]
    names = ["enterprise_name", "credit_code", "cluster", "leading_level", "is_above_scale", *amounts]
    kept = rows.select(names).head(2).with_columns(pl.col(amounts).cast(pl.Float64))
    lines = [[*row[:4], "是" if row[4] else "否", *row[5:]] for row in kept.iter_rows()]
    lines.append(["合计", *[None] * 4, *kept.select(amounts).sum().row(0)])
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    head = ["填报单位：高山镇", "报告期：2022年四季度", "计量单位：元"]
    write_sheet(book, "Sheet1", "农产品加工企业统计表", head, ENTERPRISE_HEADER, lines)
    book.close()
    path = home / "inbox" / "高山镇" / "高山镇2022年四季度农产品加工统计表（补报）.xlsx"
    path.write_bytes(out.getvalue())
    later = max(r.received_at for r in read_receipts(Home(home))).timestamp() + 60
    os.utime(path, (later, later))
    return path.name, sum(rows["sales_revenue_ytd_yuan"][2:].to_list(), Decimal(0))


def only(home: Path, sql: str) -> dict[str, Any]:
    (row,) = query_published(home, sql)
    return row


def refuse(home: Path, *arguments: str) -> str:
    ended = run_here(list(arguments), environment(home))
    assert ended.code == 1
    return ended.err


@pytest.fixture(scope="module")
def home(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("held") / "home"
    subprocess.run(["cp", "-a", small_home, home], check=True)
    return home


def test_a_partial_resubmission_waits_for_the_steward(home: Path) -> None:
    before = only(home, SALES)
    in_force = agri(home)
    whole = in_force.rows.accepted
    name, less = send_part(home, in_force)
    load(home)
    part = agri(home, name)

    assert only(home, SALES) == before
    held = only(home, DELIVERY.format(part.delivery_id))
    assert (held["outcome"], held["is_in_force"], held["decision"]) == ("held", False, None)
    assert held["hold_reasons"].startswith(f"现行报送有 {whole} 行，这份缺其中 {whole - 2} 行（")
    (reply,) = (home / "outbox" / "高山镇").glob("待核实_*（补报）*.html")
    assert "待核实，尚未计入" in reply.read_text("utf-8")
    page = (home / "pages" / "质量.html").read_text("utf-8")
    assert (part.delivery_id in page, f"这份缺其中 {whole - 2} 行" in page) == (True, True)

    confirm_in_the_ui(home, part.delivery_id)
    assert only(home, SALES) == before  # a decision counts from the next load on
    load(home)
    after = only(home, SALES)
    assert Decimal(str(after["value"])) == Decimal(str(before["value"])) - less
    decided = only(home, DELIVERY.format(part.delivery_id))
    assert (decided["outcome"], decided["is_in_force"]) == ("accepted", True)
    assert (decided["decision"], decided["decided_by"], decided["decision_reason"]) == (
        "confirm", "统计股", "五家企业已注销",
    )  # fmt: skip
    (reply,) = (home / "outbox" / "高山镇").glob("已接收_*（补报）*.html")
    assert "统计股 于" in reply.read_text("utf-8")
    traced = xiangcang(home, "trace", "agri_processing_sales_revenue", "-p", "2022-Q4", "-d", "高山镇")
    assert [words in traced for words in ("（补报）", "确认：1 份", "五家企业已注销")] == [True, True, True]

    assert "不必确认" in refuse(home, "confirm", part.delivery_id, "--why", "再次", "--by", "统计股")
    done = xiangcang(home, "withdraw", part.delivery_id, "--why", "误报", "--by", "统计股")
    assert "已撤回" in done
    load(home)
    assert only(home, SALES) == before
    assert only(home, DELIVERY.format(part.delivery_id))["outcome"] == "withdrawn"
    assert "已撤回" in refuse(home, "withdraw", part.delivery_id, "--why", "再次", "--by", "统计股")


def confirm_in_the_ui(home: Path, delivery_id: str) -> None:
    """Run the job as the Launchpad does, with the configuration that is typed there."""
    config = {"delivery_id": delivery_id, "why": "五家企业已注销", "by": "统计股"}
    with run_history(home) as instance:
        run = (
            definitions(home)
            .resolve_job_def("confirm")
            .execute_in_process(
                run_config={"ops": {"confirm_delivery": {"config": config}}}, instance=instance
            )
        )
    assert run.success


def test_what_is_not_there_or_rejected_cannot_be_decided(home: Path) -> None:
    assert "没有编号为 nothing 的报送" in refuse(home, "confirm", "nothing", "--why", "x", "--by", "y")
    in_force = agri(home).delivery_id
    assert "请写明理由" in refuse(home, "withdraw", in_force, "--why", " ", "--by", "y")
