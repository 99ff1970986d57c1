"""A home of a few rows, made by hand, for tests of what compares homes."""

import json
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import polars as pl
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

LOAD: dict[str, Any] = {
    "run_id": "6d1f", "started_at": "2026-11-25T01:30:12+08:00", "ended_at": "2026-11-25T01:31:40+08:00",
    "state": "published", "rows": {"accepted": 2, "rejected": 1},
}  # fmt: skip
RECEIPT: dict[str, Any] = {
    "delivery_id": "d1", "received_at": "2023-01-20T09:00:00+08:00", "staged_at": "2026-11-25T01:30:30+08:00",
    "rules_hash": "be50", "reasons": [{"rule": "sheet__period", "cell": "B2", "message": "报告期读不出"}],
}  # fmt: skip
FIGURES = [("visits", "2022", "140214", "12.5"), ("visits", "2021", "140214", "11.0")]
XIANGCANG = """#!/bin/sh
case "$1" in
  templates) cp -r "$XIANGCANG_HOME/made/templates" "$2" ;;
  trace) cat "$XIANGCANG_HOME/made/trace.json" ;;
esac
"""


def write_home(home: Path) -> None:
    """Write everything that is compared: tables, documents, rows, replies, pages, and what the code makes."""
    write_warehouse(home)
    write_json(home / "history/loads/20261125T013140-6d1f.json", LOAD)
    write_json(
        home / "history/v000001/manifest.json", {"version": "v000001", "built_at": "2026-11-25T01:31:00"}
    )
    write_json(home / "receipts/d1.r1.json", RECEIPT)
    write_rows(home / "rejected/visits/d1.r1-0.parquet", ["人次读不出"])
    write_rows(home / "staging/visits/county=140214/period=2022/d1.r1-0.parquet", ["a", "b"])
    write_text(home / "outbox/高山镇/六月.回执.html", "<p>收到时间 2023-01-20 09:00</p>\n<p>接收</p>\n")
    write_workbook(home / "outbox/高山镇/六月.退回标注.xlsx", "无", "是,否")
    write_text(home / "pages/质量.html", "<p>2026年11月25日 01:31 的加载，v000001</p>\n<td>98.5</td>\n")
    write_text(home / "pages/数据字典.md", "# 数据字典\n| visits | 人次 |\n")
    write_workbook(home / "pages/公报2022.xlsx", 12.5, "final")
    write_workbook(home / "made/templates/高山镇/旅游.xlsx", None, "甲,乙")
    write_json(
        home / "made/trace.json", {"adds_up": True, "terms": [{"rows": [{"cell": "C4", "value": 12.5}]}]}
    )
    write_text(home / "made/xiangcang", XIANGCANG)
    (home / "made/xiangcang").chmod(0o755)


def write_text(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def write_json(path: Path, value: object) -> None:
    """Write a JSON document."""
    write_text(path, json.dumps(value, ensure_ascii=False))


def write_rows(path: Path, texts: list[str]) -> None:
    """Write a Parquet file of one column."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pl.DataFrame({"sheet_row": range(len(texts)), "message": texts}).write_parquet(path)


def write_workbook(path: Path, value: object, choices: str, colour: str = "FFD9D6") -> None:
    """Write a workbook with a value, a fill, a comment and a list of choices."""
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["B1"] = "人次", value
    sheet["A1"].font, sheet["A1"].fill = Font(bold=True), PatternFill("solid", fgColor=colour)
    sheet["A1"].comment = Comment("一年的人次", "乡仓")
    validation = DataValidation(type="list", formula1=f'"{choices}"')
    validation.add("B2:B9")
    sheet.add_data_validation(validation)
    workbook.save(path)


def write_warehouse(home: Path) -> None:
    """Write a published file of three tables and a view."""
    (home / "warehouse").mkdir(parents=True)
    with duckdb.connect(str(home / "warehouse/warehouse.duckdb")) as warehouse:
        warehouse.execute("""
            create table mart_figure (
                indicator_code varchar not null, period varchar not null, division_code varchar not null,
                value decimal(18, 4));
            create table dq_delivery (delivery_id varchar, staged_at timestamp);
            insert into dq_delivery values ('d1', '2026-11-25 01:30:30');
            create table warehouse_info (name varchar, value varchar);
            insert into warehouse_info values ('version', 'v000001'), ('time_zone', 'Asia/Shanghai');
            create view dq_watched_value as select indicator_code, value from mart_figure;
            comment on column mart_figure.value is '数值'; comment on table mart_figure is '指标数'
        """)
        warehouse.executemany("insert into mart_figure values (?, ?, ?, ?)", FIGURES)


def alter_warehouse(home: Path, statements: str) -> None:
    """Change a published file."""
    with duckdb.connect(str(home / "warehouse/warehouse.duckdb")) as warehouse:
        warehouse.execute(statements)


def write_run(home: Path, *, failed_rows: int = 0, asset: str = "rural_tourism") -> None:
    """Run a job of two assets, one with a check, in a run history of the home."""

    @dg.asset(
        key=["staging", asset], check_specs=[dg.AssetCheckSpec("key__duplicate", asset=["staging", asset])]
    )
    def staged() -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster wants the bare class where there are checks
        result = dg.AssetCheckResult(
            passed=not failed_rows, severity=dg.AssetCheckSeverity.WARN, metadata={"failed_rows": failed_rows}
        )
        return dg.MaterializeResult(metadata={"rows": 2, "version": "v000001"}, check_results=[result])

    @dg.asset
    def bulletin() -> None: ...

    folder = home / "dagster"
    settings = {"telemetry": {"enabled": False}, "storage": {"sqlite": {"base_dir": str(folder)}}}
    write_json(folder / "dagster.yaml", settings)
    definitions = dg.Definitions([staged, bulletin], jobs=[dg.define_asset_job("nightly")])
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        definitions.resolve_job_def("nightly").execute_in_process(instance=instance)
