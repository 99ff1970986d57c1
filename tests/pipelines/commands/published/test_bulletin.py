"""`xiangcang bulletin`: files, streams and refusals."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from tests.district import COUNTY
from tests.warehouse.reports.bulletin.figures_2022 import FIGURES, INDICATORS, Row, write_warehouse
from warehouse.database.store import Store

_NO_ROWS = """
create table mart_figure_row (
    indicator_code varchar, term varchar, aggregate varchar, delivery_id varchar, period varchar, county_code varchar,
    township_code varchar, place_code varchar, is_counted boolean, year_role varchar, sheet_name varchar,
    sheet_row integer, sheet_block integer, field varchar, parsed_value varchar, value decimal(18,4), corrected varchar
);
create table dq_delivery (
    delivery_id varchar, file_name varchar, file_sha256 varchar, contract varchar, staged_table varchar,
    form_title varchar, period varchar, reporter_code varchar
);
create table dim_division (division_code varchar, township_code varchar, level varchar, valid_from date);
create table dim_reporter (reporter_code varchar, reporter_name varchar);
create table dq_field_place (
    delivery_id varchar, sheet_name varchar, sheet_block integer, field varchar, column_letters varchar, cell varchar,
    unit_scale decimal(9,4)
);
"""


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home whose published warehouse holds a few figures of 2022."""
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path))
    shutil.copytree(COUNTY, tmp_path / "county")
    store = Store(tmp_path)
    store.prepare()
    publish(store.current, FIGURES)
    return tmp_path


def publish(file: Path, figures: list[Row]) -> None:
    """Publish figures without rows that they are counted from."""
    write_warehouse(file, figures, INDICATORS, synthetic=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute(_NO_ROWS)


def test_page_document_and_workbook_are_written_into_the_home(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bulletin", "2022"]) == 0
    files = [
        home / "pages" / name for name in ("公报2022.html", "公报2022.docx", "公报2022.xlsx", "乡镇2022.html")
    ]
    traces = home / "pages" / "trace" / "2022"
    assert capsys.readouterr().out.splitlines() == [*map(str, files), f"{traces}（溯源 4 页）"]
    assert 'href="trace/2022/grid_count.html"' in files[0].read_text("utf-8")
    assert "没有计入的行" in (traces / "grid_count.html").read_text("utf-8")
    assert files[0].read_text("utf-8").startswith("<!doctype html>")
    assert [file.read_bytes()[:2] for file in files[1:3]] == [b"PK", b"PK"]


def test_another_folder_can_be_named(home: Path, tmp_path: Path) -> None:
    assert main(["bulletin", "2022", "--out", str(tmp_path / "给区委" / "公报")]) == 0
    assert sorted(path.name for path in (tmp_path / "给区委" / "公报").iterdir()) == [
        "trace", "乡镇2022.html", "公报2022.docx", "公报2022.html", "公报2022.xlsx",
    ]  # fmt: skip
    assert not (home / "pages").exists()


def test_the_comparison_is_shown_with_what_it_is_worth(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bulletin", "2022", "--compare"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (sales,) = [line for line in lines if "F20" in line]
    assert [cell.strip() for cell in sales.split("│")[3:7]] == [
        "11.95亿元", "11.95亿元", "1,194,980,000元", "一致",
    ]  # fmt: skip
    assert "不说明本区的实际情况" in lines[-1]


def test_the_comparison_as_json_is_all_that_goes_to_standard_output(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bulletin", "2022", "--compare", "--json"]) == 0
    printed = capsys.readouterr()
    compared = json.loads(printed.out)
    assert len(compared) == 59
    columns = ("fig_id", "printed", "computed", "rendered", "verdict", "form")
    assert [compared[19][name] for name in columns] == [
        "F20", "11.95亿元", 1194980000, "11.95亿元", "agrees", "农产品加工企业统计表",
    ]  # fmt: skip
    assert "公报2022.html" in printed.err


def test_json_alone_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bulletin", "2022", "--json"]) == 1
    assert "--compare" in capsys.readouterr().err


def test_a_year_without_a_printed_bulletin_has_pages_but_no_comparison(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bulletin", "2021"]) == 0
    assert "与公报对照" not in (home / "pages" / "公报2021.html").read_text("utf-8")
    assert main(["bulletin", "2021", "--compare"]) == 1
    assert "没有收录云冈区 2021 年印出的公报" in capsys.readouterr().err


def test_another_county_is_not_compared_with_the_bulletin_that_this_one_printed(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    of_another = [figure | {"division_code": "140215000000", "division_name": "云州区"} for figure in FIGURES]
    publish(Store(home).current, of_another)
    assert main(["bulletin", "2022"]) == 0
    page = (home / "pages" / "公报2022.html").read_text("utf-8")
    assert "云州区2022年乡村振兴公报" in page
    assert "与公报对照" not in page
    assert main(["bulletin", "2022", "--compare"]) == 1
    assert "没有收录云州区 2022 年印出的公报" in capsys.readouterr().err


def test_a_year_without_figures_is_refused_and_nothing_is_written(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bulletin", "2019"]) == 1
    assert "现有年份：2021、2022" in capsys.readouterr().err
    assert not (home / "pages").exists()


def test_before_the_first_load_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path))
    assert main(["bulletin", "2022"]) == 1
    assert "xiangcang load" in capsys.readouterr().err
