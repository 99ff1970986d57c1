"""Every kind of difference between two homes is named; what any two loads differ in is not."""

import json
import shutil
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from benchmarks.same.__main__ import compare_homes, main
from benchmarks.same.asked import Side
from benchmarks.same.case_answers import reporters_of, write_case_answers
from benchmarks.same.clock import neutral_within
from benchmarks.same.comparison import ABSENT, Comparison, Difference
from benchmarks.same.rows import compare_rows
from tests.benchmarks.small_home import (
    LOAD,
    RECEIPT,
    alter_warehouse,
    write_home,
    write_json,
    write_rows,
    write_run,
    write_text,
    write_workbook,
)

VALIDATION = "sqref=B2:B9 showDropDown=0 showInputMessage=0 showErrorMessage=0 allowBlank=0 "
RUN = "in the newest whole run"
PLANTED = [
    Difference("table", "mart_figure", "row indicator_code=visits, period=2022, division_code=140214",
               "value=12.5000", "value=12.6000"),
    Difference("table", "dq_watched_value", "row indicator_code=visits", "value=12.5000", "value=12.6000"),
    Difference("table", "mart_figure", "column value: comment", "数值", "数"),
    Difference("table", "mart_figure", "comment", "指标数", "指标"),
    Difference("table", "mart_figure", "column period: nullable", "False", "True"),
    Difference("table", "mart_figure", "constraint NOT NULL (period)", "present", ABSENT),
    Difference("table", "dq_delivery", "column delivery_id: type", "VARCHAR", "INTEGER"),
    Difference("table", "dq_delivery", "row delivery_id=d1", "delivery_id=d1", ABSENT),
    Difference("table", "dq_delivery", "row delivery_id=1", ABSENT, "delivery_id=1"),
    Difference("table", "dq_finding", "relation", ABSENT, "present"),
    Difference("receipt", "receipts/d1.r1.json", "reasons.0.message", '"报告期读不出"', '"报告期有误"'),
    Difference("load", "load 1", "rows.rejected", "1", "0"),
    Difference("rejected row", "visits", "row sheet_row=0, file=d1.r1-0.parquet", "message=人次读不出", "message=有误"),
    Difference("staged row", "visits", "row sheet_row=1, message=b, county=140214, period=2022",
               "sheet_row=1, message=b, county=140214, period=2022, file=d1.r1-0.parquet", ABSENT),
    Difference("outbox", "高山镇/六月.回执.html", "line 2", "<p>接收</p>", "<p>退回</p>"),
    Difference("outbox", "高山镇/六月.退回标注.xlsx", "Sheet!A1 fill", "solid rgb:00FFD9D6", "solid rgb:00FFF0B8"),
    Difference("page", "质量.html", "line 2", "<td>98.5</td>", "<td>98.6</td>"),
    Difference("page", "数据字典.md", "line 3", ABSENT, "| revenue | 收入 |"),
    Difference("page", "公报2022.xlsx", "Sheet!B1 value", "float 12.5", "float 12.6"),
    Difference("template", "高山镇/旅游.xlsx", "Sheet: validation of B2:B9",
               VALIDATION + 'type=list formula1="甲,乙"', VALIDATION + 'type=list formula1="甲,丙"'),
    Difference("trace", "visits 2022 140214", "output.terms.0.rows.0.cell", '"C4"', '"C5"'),
    Difference("trace", "visits 2021 140214", "output.terms.0.rows.0.cell", '"C4"', '"C5"'),
    Difference("asset", "staging/rural_tourism", RUN, "present", ABSENT),
    Difference("asset", "staging/tourism", RUN, ABSENT, "present"),
    Difference("check", "staging/rural_tourism key__duplicate", RUN, "present", ABSENT),
    Difference("check", "staging/tourism key__duplicate", RUN, ABSENT, "present"),
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("same") / "a"
    write_home(home)
    write_run(home)
    return home


@pytest.fixture(scope="module")
def planted(home: Path) -> list[Difference]:
    """The differences from a copy in which one of each kind is planted."""
    other = home.with_name("b")
    shutil.copytree(home, other, ignore=shutil.ignore_patterns("dagster"))
    plant(other)
    write_run(other, asset="tourism")
    return compare(home, other).differences


def plant(home: Path) -> None:
    """Change one thing of each kind."""
    alter_warehouse(
        home,
        """
        drop view dq_watched_value;
        update mart_figure set value = 12.6 where period = '2022';
        alter table mart_figure alter period drop not null;
        comment on column mart_figure.value is '数'; comment on table mart_figure is '指标';
        create view dq_watched_value as select indicator_code, value from mart_figure;
        update dq_delivery set delivery_id = '1';
        alter table dq_delivery alter delivery_id type integer;
        create table dq_finding (evidence varchar)
        """,
    )
    write_json(
        home / "history/loads/20261125T013140-6d1f.json", LOAD | {"rows": {"accepted": 2, "rejected": 0}}
    )
    reasons = [RECEIPT["reasons"][0] | {"message": "报告期有误"}]
    write_json(home / "receipts/d1.r1.json", RECEIPT | {"reasons": reasons})
    write_rows(home / "rejected/visits/d1.r1-0.parquet", ["有误"])
    write_rows(home / "staging/visits/county=140214/period=2022/d1.r1-0.parquet", ["a"])
    write_text(home / "outbox/高山镇/六月.回执.html", "<p>收到时间 2023-01-20 09:00</p>\n<p>退回</p>\n")
    write_workbook(home / "outbox/高山镇/六月.退回标注.xlsx", "无", "是,否", colour="FFF0B8")
    write_text(home / "pages/质量.html", "<p>2026年11月25日 01:31 的加载，v000001</p>\n<td>98.6</td>\n")
    write_text(home / "pages/数据字典.md", "# 数据字典\n| visits | 人次 |\n| revenue | 收入 |\n")
    write_workbook(home / "pages/公报2022.xlsx", 12.6, "final")
    write_workbook(home / "made/templates/高山镇/旅游.xlsx", None, "甲,丙")
    write_json(
        home / "made/trace.json", {"adds_up": True, "terms": [{"rows": [{"cell": "C5", "value": 12.5}]}]}
    )


def compare(a: Path, b: Path) -> Comparison:
    comparison = Comparison()
    compare_homes(comparison, Side(a, a / "made/xiangcang"), Side(b, b / "made/xiangcang"))
    return comparison


@pytest.mark.parametrize("difference", PLANTED, ids=lambda planted: f"{planted.kind}, {planted.key}")
def test_a_difference_is_named_with_both_values(planted: list[Difference], difference: Difference) -> None:
    assert difference in planted


def test_nothing_else_differs(planted: list[Difference]) -> None:
    assert [difference for difference in planted if difference not in PLANTED] == []


def test_the_result_of_a_check_is_compared(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "b", ignore=shutil.ignore_patterns("dagster"))
    write_run(tmp_path / "b", failed_rows=3)
    name = "staging/rural_tourism key__duplicate"
    assert compare(home, tmp_path / "b").differences == [
        Difference("check", name, "passed", "True", "False"),
        Difference("check", name, "metadata failed_rows", "IntMetadataValue 0", "IntMetadataValue 3"),
    ]


def load_at_another_time(home: Path) -> None:
    """What differs when the same files are loaded again."""
    (home / "history/loads/20261125T013140-6d1f.json").unlink()
    again = {
        "run_id": "77aa",
        "started_at": "2026-12-01T02:00:05+08:00",
        "ended_at": "2026-12-01T02:01:00+08:00",
    }
    write_json(home / "history/loads/20261201T020100-77aa.json", LOAD | again)
    write_json(
        home / "receipts/d1.r1.json", RECEIPT | {"staged_at": "2026-12-01T02:00:09", "rules_hash": "77"}
    )
    write_text(home / "pages/质量.html", "<p>2026年12月1日 02:01 的加载，v000002</p>\n<td>98.5</td>\n")
    alter_warehouse(
        home,
        "update dq_delivery set staged_at = '2026-12-01 02:00:09';"
        "update warehouse_info set value = 'v000002' where name = 'version'",
    )


def test_two_loads_of_the_same_files_are_the_same(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(home, tmp_path / "b")
    load_at_another_time(tmp_path / "b")
    by = ["--by-a", str(home / "made/xiangcang"), "--by-b", str(home / "made/xiangcang")]
    monkeypatch.setattr(sys, "argv", ["same", str(home), str(tmp_path / "b"), *by])
    assert main() == 0
    (line,) = capsys.readouterr().out.splitlines()
    counts = json.loads(line)
    assert counts["differences"] == dict.fromkeys(counts["compared"], 0)
    assert min(counts["compared"].values()) > 0
    assert counts["compared"]["rejected row"] == 1


def test_a_time_that_is_no_loads_is_compared(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "b")
    write_text(tmp_path / "b/outbox/高山镇/六月.回执.html", "<p>收到时间 2023-01-21 09:00</p>\n<p>接收</p>\n")
    (difference,) = compare(home, tmp_path / "b").differences
    assert (difference.key, difference.b) == ("line 1", "<p>收到时间 2023-01-21 09:00</p>")


def test_homes_that_hold_nothing_are_not_the_same(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "ab":
        shutil.copytree(home / "made", tmp_path / name / "made")
    by = str(tmp_path / "a/made/xiangcang")
    homes = [str(tmp_path / "a"), str(tmp_path / "b")]
    monkeypatch.setattr(sys, "argv", ["same", *homes, "--by-a", by, "--by-b", by])
    assert main() == 2
    assert "neither home holds anything" in capsys.readouterr().err


def test_a_row_that_is_there_twice_differs_from_one_that_is_there_once() -> None:
    comparison = Comparison()
    with duckdb.connect() as connection:
        a, b = (
            connection.from_query(f"from (values {rows}) as rows(place, value)")
            for rows in ("('x', 1), ('x', 1), ('y', 2)", "('x', 1), ('y', 2), ('y', 2)")
        )
        compare_rows(comparison, "table", "t", a, b)
    assert [(difference.a, difference.b) for difference in comparison.differences] == [
        ("place=x, value=1", ABSENT),
        (ABSENT, "place=y, value=2"),
    ]


def test_all_are_counted_where_only_the_first_are_kept() -> None:
    comparison = Comparison(kept_per_kind=2)
    with duckdb.connect() as connection:
        a, b = (connection.from_query(f"select range as id, {x} as value from range(1000)") for x in "12")
        compare_rows(comparison, "table", "t", a, b)
    assert comparison.counts["table"] == 1000
    assert [str(difference) for difference in comparison.differences] == [
        "table: t: row id=0: A value=1 | B value=2",
        "table: t: row id=1: A value=1 | B value=2",
    ]


def test_a_long_value_is_shown_where_it_parts() -> None:
    shown = str(Difference("page", "p", "line 1", "x" * 300 + "a", "x" * 300 + "b"))
    assert shown == f"page: p: line 1: A …{'x' * 40}a | B …{'x' * 40}b"


@pytest.mark.parametrize(
    ("line", "reporters"),
    [
        ("Reporter: xihanling / gaoshan. All values are synthetic.", ["xihanling", "gaoshan"]),
        ("Reporters: gaoshan, rcb_yungang. All.", ["gaoshan", "rcb_yungang"]),
        ("Reporter: see names. All.", ["gaoshan", "rcb_yungang", "psbc_yungang"]),
        ("No line.", ["gaoshan", "rcb_yungang", "psbc_yungang"]),
    ],
)
def test_the_reporters_of_a_case_are_read_from_its_readme(
    tmp_path: Path, line: str, reporters: list[str]
) -> None:
    write_text(tmp_path / "README.md", f"# Case\n\n{line}\n")
    assert reporters_of(tmp_path / "README.md") == reporters


CHECK = """#!/bin/sh
echo "收到时间：$(TZ=Asia/Shanghai date '+%Y-%m-%d %H:%M')，报告期 2022-06"
echo "file 0123456789ab is unreadable" >&2
echo "sources.layout.Unconserved: 9 lines read" >&2
exit 1
"""


def test_the_answer_about_a_case_is_kept_without_what_differs_each_time(tmp_path: Path) -> None:
    write_text(tmp_path / "cases/01-x/README.md", "Reporter: gaoshan.")
    write_text(tmp_path / "cases/01-x/六月.csv", "")
    write_text(tmp_path / "xiangcang", CHECK)
    (tmp_path / "xiangcang").chmod(0o755)
    write_case_answers(tmp_path / "home", tmp_path / "cases", tmp_path / "xiangcang")
    assert json.loads((tmp_path / "home/answers/01-x/六月.csv.gaoshan.json").read_bytes()) == {
        "exit_code": 1,
        "output": ["收到时间：(load)，报告期 2022-06"],
        "last_error": "Unconserved: 9 lines read",
    }


def test_days_of_loads_and_no_others_are_the_same() -> None:
    neutral = neutral_within([(datetime(2026, 11, 25, 1, 30), datetime(2026, 11, 25, 1, 31))], with_days=True)
    assert neutral("11-25 98.5分，11-24 98.1分，2022-11-25") == "(day) 98.5分，11-24 98.1分，2022-11-25"
    assert neutral("2022-13-45 10:00，2026-11-25 01:32") == "2022-13-45 10:00，2026-11-25 01:32"


@pytest.fixture
def installed(home: Path) -> Side:
    return Side(home, Path(sys.executable).with_name("xiangcang"))


def test_calls_in_turn_answer_as_the_command_does(installed: Side) -> None:
    rows, refused, misused = installed.ask(
        [
            ["sql", "select value from warehouse_info where name = 'time_zone'", "--json"],
            ["diff", "v000001", "v000002"],
            ["sql"],
        ]
    )
    assert json.loads(rows["output"]) == [{"value": "Asia/Shanghai"}]
    assert (rows["exit_code"], refused["exit_code"], misused["exit_code"]) == (0, 1, 2)
    assert refused["last_error"].startswith("xiangcang: 没有版本 v000001 的指标数")
