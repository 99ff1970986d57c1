"""The summary at the end of a load."""

from pathlib import Path

import pytest

from pipelines.state.load_record import LoadRecord
from pipelines.terminal.load import show_load
from tests.pipelines.load_records import CLEAN, OUTPUT_RATIO, clean, with_failing


def summary(record: LoadRecord, capsys: pytest.CaptureFixture[str]) -> str:
    show_load(record, {}, Path("warehouse.duckdb"))
    return capsys.readouterr().out


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
