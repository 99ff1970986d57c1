"""`xiangcang bulletin`: files, streams and refusals."""

import json
import shutil
from pathlib import Path

import pytest

from pipelines.cli import main
from tests.district import COUNTY
from tests.warehouse.reports.bulletin.figures_2022 import FIGURES, INDICATORS, write_warehouse
from warehouse.database.store import Store


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home whose published warehouse holds a few figures of 2022."""
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path))
    shutil.copytree(COUNTY, tmp_path / "county")
    store = Store(tmp_path)
    store.prepare()
    write_warehouse(store.current, FIGURES, INDICATORS, synthetic=True)
    return tmp_path


def test_page_and_workbook_are_written_into_the_home(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bulletin", "2022"]) == 0
    files = [home / "pages" / "公报2022.html", home / "pages" / "公报2022.xlsx"]
    assert capsys.readouterr().out.splitlines() == [str(file) for file in files]
    assert files[0].read_text("utf-8").startswith("<!doctype html>")
    assert files[1].read_bytes().startswith(b"PK")


def test_another_folder_can_be_named(home: Path, tmp_path: Path) -> None:
    assert main(["bulletin", "2022", "--out", str(tmp_path / "给区委" / "公报")]) == 0
    assert sorted(path.name for path in (tmp_path / "给区委" / "公报").iterdir()) == [
        "公报2022.html", "公报2022.xlsx",
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
    write_warehouse(Store(home).current, of_another, INDICATORS, synthetic=True)
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
