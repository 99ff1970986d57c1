"""`xiangcang draft`: a contract from a file, and a second file against it."""

import re
import tomllib
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipelines.cli import main
from pipelines.terminal.draft import show_form
from sources.drafting.forms import draft_workbook
from sources.reading.workbook import read_workbook
from tests.district import REFERENCES

HEADER = ["村名", "户数（户）", "面积（亩）", "户主"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def workbook(path: Path, *header: str, sheets: int = 1) -> Path:
    book = Workbook()
    for number in range(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        for row in (
            [f"耕地情况表{'续' * number}"],
            list(header),
            ["东村", 3, 4.5, "张三"],
            ["西村", 4, 5.5, "李四"],
        ):
            sheet.append(row)
    book.save(path)
    return path


def test_it_writes_a_contract_and_shows_the_sheet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(folder / "耕地.xlsx", *HEADER)

    assert main(["draft", str(path), "--out", "farm_land.rows.toml"]) == 0

    terms = tomllib.loads((folder / "farm_land.rows.toml").read_text("utf-8"))
    assert (terms["table"], terms["title"]) == ("farm_land", ["耕地情况表"])
    assert list(terms["fields"]) == ["village_code", "households", "area_mu"]
    printed = capsys.readouterr().out
    assert re.search(r"^ +2 H:村名 +H:户数\(户\) ?H?", printed, re.MULTILINE)
    assert "B:东村" in printed
    assert "P:＊" in printed
    assert "张三" not in printed
    assert "xiangcang check" in printed
    assert path.name in printed


def test_a_terminal_is_shown_colours(folder: Path) -> None:
    data = workbook(folder / "耕地.xlsx", *HEADER).read_bytes()
    [form] = draft_workbook(read_workbook(data), REFERENCES)
    lines = list(show_form(form, colour=True, width=100))

    assert any("\x1b[1;34m" in line and "村名" in line for line in lines)
    assert not any("H:" in line for line in lines)


def test_each_table_is_a_file_and_none_is_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workbook(folder / "耕地.xlsx", *HEADER, sheets=2)

    assert main(["draft", str(path), "--out", "land.rows.toml"]) == 0
    assert sorted(p.name for p in folder.glob("*.toml")) == ["land.rows.toml", "land_2.rows.toml"]
    assert tomllib.loads((folder / "land_2.rows.toml").read_text("utf-8"))["table"] == "land_2"

    assert main(["draft", str(path), "--out", "land.rows.toml"]) == 1
    assert "已有 land.rows.toml" in capsys.readouterr().err


def test_update_compares_and_says_so_in_its_exit_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = workbook(folder / "一.xlsx", *HEADER)
    second = workbook(folder / "二.xlsx", "村名", "户数（户）", "面积（公顷）", "户主")
    main(["draft", str(first), "--out", "land.rows.toml"])
    capsys.readouterr()

    assert main(["draft", str(first), "--update", "land.rows.toml"]) == 0
    assert "相同" in capsys.readouterr().out
    assert main(["draft", str(second), "--update", "land.rows.toml"]) == 1
    assert "单位不同：“面积”（area_mu）约定为亩，这份印的是公顷" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["没有.xlsx"], "没有文件"),
        (["耕地.xlsx", "--like", "gird"], "没有表 gird"),
        (["空.xlsx"], "没有找到表"),
        (["耕地.xlsx", "--update", "没有.toml"], "没有表式约定"),
        (["耕地.xlsx", "--out", "没有/land.rows.toml"], "没有文件夹"),
        (["耕地.xlsx", "--update", "."], "directory"),
    ],
)
def test_what_cannot_be_done_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    workbook(folder / "耕地.xlsx", *HEADER)
    Workbook().save(folder / "空.xlsx")

    assert main(["draft", *arguments]) == 1
    assert message in capsys.readouterr().err


def test_a_broken_file_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04xl/workbook.xml" + bytes(40))

    assert main(["draft", "坏.xlsx"]) == 1
    assert "文件读不出来" in capsys.readouterr().err
