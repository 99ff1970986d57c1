"""A second county, made as docs/county.md says: its lists, bank and own form, and nothing of the sample's in what it makes."""

import csv
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import openpyxl
import pytest

from tests import ROOT
from tests.journeys.command import XIANGCANG, environment, load, query_published, xiangcang

DOCUMENT = (ROOT / "docs" / "county.md").read_text("utf-8")
BLOCK = re.compile(r"^```(csv|md|toml|sh) county ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HOUSES = {
    "温泉镇": [("石海村", 4, 6), ("源湖村", 5, 15), ("南平村", 2, 5)],
    "良口镇": [("仙溪村", 4, 7), ("塘料村", 5, 3)],
    "流溪河林场": [("谷星村", 1, 2)],
}
OF_THE_SAMPLE = re.compile(r"云冈|大同|(?<![0-9A-Za-z.])140214")  # not the digits of a time or a hash


def write_houses(path: Path, township: str, year: int) -> None:
    """A filled form: village, and houses under a heading of two rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["农村住房情况表"])
    sheet.append([f"填报单位：{township}", None, None, f"报告期：{year}年"])
    sheet.append(["村名", "住房", None, None])
    sheet.append([None, "合计（栋）", "砖木（栋）", "混凝土（栋）"])
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:D3")
    houses = [(village, brick + concrete, brick, concrete) for village, brick, concrete in HOUSES[township]]
    for row in houses:
        sheet.append(row)
    _, all_brick, all_concrete = zip(*HOUSES[township], strict=True)
    sheet.append(["合计", sum(all_brick) + sum(all_concrete), sum(all_brick), sum(all_concrete)])
    book.save(path)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home made by the blocks of the document in their order, in a folder of its own; then two years of deliveries."""
    folder = tmp_path_factory.mktemp("county")
    home = folder / "home"
    variables = environment(home) | {"PATH": f"{XIANGCANG.parent}:{os.environ['PATH']}"}
    write_houses(folder / "住房.xlsx", "温泉镇", 2022)
    for kind, name, text in BLOCK.findall(DOCUMENT):
        if kind == "sh":
            done = subprocess.run(
                ["sh", "-ec", text], cwd=folder, env=variables, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stdout + done.stderr
        else:
            path = folder / name if kind == "csv" else home / "county" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    for township in HOUSES:
        for year in (2021, 2022):
            write_houses(home / "inbox" / township / f"住房{year}.xlsx", township, year)
    return home


@pytest.fixture(scope="module")
def loaded(home: Path) -> dict[str, Any]:
    return load(home)


def test_its_own_form_is_loaded_with_figures_of_every_place(home: Path, loaded: dict[str, Any]) -> None:
    assert (loaded["deliveries"]["accepted"], loaded["deliveries"]["rejected"]) == (6, 0)
    figures = query_published(
        home,
        "select division_name, value, status from mart_figure"
        " where indicator_code = 'rural_house_count' and period = '2022' and division_level <> 'village'"
        " order by value desc",
    )
    assert [(f["division_name"], float(f["value"]), f["status"]) for f in figures] == [
        ("示范区", 59, "final"), ("温泉镇", 37, "final"), ("良口镇", 19, "final"), ("流溪河林场", 3, "final"),
    ]  # fmt: skip


def test_a_figure_of_its_own_form_is_traced_to_cells(home: Path, loaded: dict[str, Any]) -> None:
    assert loaded["published"]
    traced = xiangcang(home, "trace", "rural_house_count", "-p", "2022", "-d", "温泉镇", "--csv")
    rows = list(csv.DictReader(traced.splitlines()))
    assert [(row["cell"], row["stored_value"]) for row in rows] == [("B5", "10"), ("B6", "20"), ("B7", "7")]
    assert "相符" in xiangcang(home, "trace", "rural_house_count", "-p", "2022", "-d", "温泉镇")


def test_a_rule_that_its_form_prints_rejects_a_row(home: Path, loaded: dict[str, Any]) -> None:
    rules = query_published(
        home,
        "select title from dq_check_result where table_name = 'staged_rural_housing' and kind = 'row_rule'",
    )
    assert {"title": "应有 住房=砖木住房+混凝土住房"} in rules


def test_bulletin_and_quality_page_are_of_this_county(home: Path, loaded: dict[str, Any]) -> None:
    assert loaded["version"] == "v000002"  # the document loads once, before anything has come
    xiangcang(home, "bulletin", "2022")
    bulletin = (home / "pages" / "公报2022.html").read_text("utf-8")
    assert "示范区2022年乡村振兴公报" in bulletin
    assert "2022年，示范区推进农村住房改善。" in bulletin
    assert re.search(r"年末全区农村住房<a class=.*?>59栋</a>，与上年持平。", bulletin)
    assert "农村住房情况表" in (home / "pages" / "质量.html").read_text("utf-8")


def texts_below(folder: Path) -> Iterator[tuple[Path, str]]:
    """What stands in files, of workbooks in their parts; not in those that no person opens."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if is_zipfile(path):
            with ZipFile(path) as parts:
                yield from ((path, parts.read(name).decode("utf-8", "ignore")) for name in parts.namelist())
        else:
            yield path, path.read_bytes().decode("utf-8", "ignore")


def test_nothing_that_it_makes_is_of_the_sample(home: Path, loaded: dict[str, Any]) -> None:
    assert loaded["published"]
    made = [*texts_below(home), *texts_below(home.parent / "空白表")]
    assert len(made) > 50
    assert [path for path, text in made if OF_THE_SAMPLE.search(text)] == []


def test_every_published_text_is_of_this_county(home: Path, loaded: dict[str, Any]) -> None:
    assert loaded["published"]
    for table in (
        "dim_division",
        "dim_reporter",
        "dim_indicator",
        "warehouse_info",
        "dq_check_result",
        "dim_institution",
    ):
        rows = query_published(home, f"select * from {table}")
        assert OF_THE_SAMPLE.search(str(rows)) is None, table
