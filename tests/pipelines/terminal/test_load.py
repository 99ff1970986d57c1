"""The summary at the end of a load."""

import logging
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest
from rich.cells import cell_len

from pipelines.state.load_record import LoadRecord
from pipelines.terminal.headlines import Headline, read_headlines
from pipelines.terminal.load import show_load, show_rows
from pipelines.terminal.next_steps import NextStep
from pipelines.terminal.progress import show_progress
from pipelines.terminal.rejected import RejectedGroup
from tests.pipelines.load_records import CLEAN, OUTPUT_RATIO, clean, with_failing


def summary(record: LoadRecord, capsys: pytest.CaptureFixture[str]) -> str:
    show_load(record, [], Path("warehouse.duckdb"))
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "unit", "status", "words"),
    [
        (Decimal(1_195_000_000), "元", "final", "11.95 亿元"),
        (Decimal(6_258_000), "元", "incomplete", "625.80 万元（不完整）"),
        (Decimal("99.5"), "%", "final", "99.50 %"),
        (Decimal(94), "个", "final", "94 个"),
        (None, "户", "incomplete", "无数据（不完整）"),
    ],
)
def test_a_headline_figure_is_written_with_unit_and_status(
    value: Decimal | None, unit: str, status: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    figure = Headline("some_figure", "某数", "2022", value, unit, status)
    show_load(CLEAN, [figure], Path("warehouse.duckdb"))
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "某数（2022）" in line]

    assert line.split("（2022）")[1].strip() == words


def test_headlines_are_the_countys_latest_in_the_order_that_it_names() -> None:
    def answer(sql: str) -> pl.DataFrame:
        with duckdb.connect() as connection:
            connection.execute(
                "create table mart_figure as select * from (values"
                " ('a', '甲', '元', 'county', 'year', '2021', '2021', 1.00, 'final'),"
                " ('a', '甲', '元', 'county', 'year', '2022', '2022', 2.00, 'final'),"
                " ('a', '甲', '元', 'town', 'year', '2023', '2023', 9.00, 'final'),"
                " ('b', '乙', '户', 'county', 'year', '2020', '2020', 3.00, 'incomplete'))"
                " as f(indicator_code, indicator_name, unit, division_level, period_grain, period, basis, value, status)"
            )
            result = connection.execute(sql)
            names = [name for name, *_ in result.description]
            return pl.DataFrame(result.fetchall(), schema=names, orient="row")

    figures = read_headlines(answer, ["b", "a", "of_no_form"])

    assert [(f.name, f.period, int(f.value or 0)) for f in figures] == [("乙", "2020", 3), ("甲", "2022", 2)]


def test_a_clean_load_names_no_check(capsys: pytest.CaptureFixture[str]) -> None:
    printed = summary(CLEAN, capsys)

    assert "版本 v000007" in printed
    assert "另有" not in printed


def test_six_failing_checks_are_named_and_the_others_counted(capsys: pytest.CaptureFixture[str]) -> None:
    printed = summary(with_failing(*[OUTPUT_RATIO] * 13), capsys)

    assert printed.count("提醒 7 行  销售收入与产值之比应在三倍以内（mart/agri_processing）") == 6
    assert "另有 7 项" in printed


def test_the_gravity_of_a_check_stands_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    grave = OUTPUT_RATIO.model_copy(update={"severity": "error"})
    blocking = grave.model_copy(update={"blocking": True})
    lines = summary(with_failing(blocking, grave, OUTPUT_RATIO, state="blocked"), capsys).splitlines()

    named = [line.split()[0] for line in lines if OUTPUT_RATIO.title in line]
    assert named == ["阻断发布", "未通过", "提醒"]


def test_a_load_that_failed_after_publishing_says_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert "版本 v000007；此后出错" in summary(clean(state="failed", error="x"), capsys)


def test_a_load_that_published_nothing_says_what_readers_get(capsys: pytest.CaptureFixture[str]) -> None:
    printed = summary(clean(state="failed", error="x", published=False), capsys)

    assert "未发布；现行版本仍为 v000007" in printed


def test_a_terminal_obeys_no_text_of_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    show_rows(pl.DataFrame({"a": ["\x1b[2J清屏"]}))

    assert "␛[2J清屏" in capsys.readouterr().out


def test_nor_a_line_of_a_log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    with show_progress():
        logging.getLogger("xiangcang").warning("未读 %s\n另一行", "a\r\x1b]0;b")

    assert capsys.readouterr().err.endswith(" 未读 a␍␛]0;b\n另一行\n")


def test_rejected_files_are_grouped_by_what_is_wrong_with_a_cell_each_in_the_width_of_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    groups = [
        RejectedGroup(6, "此列表头“从业人员”，不是这张表规定的栏目" * 4, "台账!F4", "区委组织部/台账.xlsx"),
        *[RejectedGroup(1, f"错{n}", "", "甲镇/表.xls") for n in range(9)],
    ]
    show_load(CLEAN, [], Path("warehouse.duckdb"), groups, [NextStep("界面", "xiangcang ui")])
    lines = capsys.readouterr().out.splitlines()

    at = lines.index("退回 15 份，按错处")
    assert lines[at + 1].startswith("    6 份  此列表头“从业人员”，不是这张表规定的栏目")
    assert lines[at + 1].endswith("…")
    assert lines[at + 2].strip() == "台账!F4　区委组织部/台账.xlsx"
    assert lines[at + 17].split() == ["2", "份", "错处另有几种，见质量页"]
    assert max(map(cell_len, lines)) <= 80
    assert lines[-2:] == ["接着可看", "  界面  xiangcang ui"]
