"""The summary at the end of a load."""

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines import terminal
from pipelines.state.load_record import LoadRecord
from pipelines.terminal.load import show_load
from tests.pipelines.load_records import CLEAN, OUTPUT_RATIO, clean, with_failing


def summary(record: LoadRecord, capsys: pytest.CaptureFixture[str]) -> str:
    show_load(record, {}, Path("warehouse.duckdb"))
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("with_bus", "reported", "words"),
    [(None, 0, "无数据"), (3, 5, "3 / 5（其余 89 个村没有报送）"), (0, 94, "0 / 94"), (94, 94, "94 / 94")],
)
def test_villages_with_a_bus_are_counted_among_those_that_reported(
    with_bus: int | None, reported: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    figures: dict[str, Any] = {
        "year": None, "sales_revenue_yuan": None, "output_value_yuan": None, "farm_loans": {},
        "villages": 94, "villages_reported": reported, "villages_with_bus": with_bus,
    }  # fmt: skip
    show_load(CLEAN, figures, Path("warehouse.duckdb"))
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "通公交的村" in line]

    assert line.split("│")[2].strip() == words


def test_nothing_is_counted_of_villages_that_said_nothing() -> None:
    def answer(sql: str) -> pl.DataFrame:
        with duckdb.connect() as connection:
            connection.execute("create table mart_village_overview (has_bus_service boolean)")
            connection.execute("insert into mart_village_overview values (null), (null)")
            return pl.DataFrame([connection.execute(sql).fetchone()], orient="row")

    assert answer(Path(terminal.__file__).with_name("villages.sql").read_text("utf-8")).row(0) == (2, 0, None)


def test_a_clean_load_names_no_check(capsys: pytest.CaptureFixture[str]) -> None:
    printed = summary(CLEAN, capsys)

    assert "版本 v000007" in printed
    assert "另有" not in printed


def test_ten_failing_checks_are_named_and_the_others_counted(capsys: pytest.CaptureFixture[str]) -> None:
    printed = summary(with_failing(*[OUTPUT_RATIO] * 13), capsys)

    assert printed.count("销售收入与产值之比应在三倍以内：7 行（mart/agri_processing）") == 10
    assert "另有 3 项" in printed


def test_the_gravity_of_a_check_stands_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    grave = OUTPUT_RATIO.model_copy(update={"severity": "error"})
    blocking = grave.model_copy(update={"blocking": True})
    lines = summary(with_failing(blocking, grave, OUTPUT_RATIO, state="blocked"), capsys).splitlines()

    named = [line.split("│")[1].strip() for line in lines if OUTPUT_RATIO.title in line]
    assert named == ["阻断发布", "未通过", "提醒"]


def test_a_load_that_failed_after_publishing_says_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert "版本 v000007；此后出错" in summary(clean(state="failed", error="x"), capsys)


def test_a_load_that_published_nothing_says_what_readers_get(capsys: pytest.CaptureFixture[str]) -> None:
    printed = summary(clean(state="failed", error="x", published=False), capsys)

    assert "未发布；现行版本仍为 v000007" in printed
