"""A correction in whole loads: the figure it is in is marked, and traced to who, when and why."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from sources.county.references import read_references
from tests.district import COUNTY
from tests.journeys.command import load, query_published, xiangcang
from tests.journeys.townships import village_book

POPULATION = "registered_population"
CORRECTION = """
[[correction]]
id = "口泉-01"
table = "village_profile"
reporter = "kouquan"
period = "2021"
sheet = "年报"
cell = "C4"
field = "registered_persons"
expect = "2600"
value = "260"
who = "统计股数据管理员"
when = 2022-04-11
why = "多打一个零，电话核实"
status = "in_force"
"""


def send(home: Path, name: str, persons: int) -> None:
    path = home / "inbox" / "口泉乡" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    places = read_references(COUNTY).places.inside("village", "140214200000", date(2021, 12, 31))
    path.write_bytes(village_book("口泉乡", [place.name for place in places], persons=persons))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of one delivery, published with the persons of one of its two villages corrected."""
    home = tmp_path_factory.mktemp("corrected") / "home"
    send(home, "年报.xlsx", persons=2600)
    shutil.copytree(COUNTY, home / "county")
    (home / "corrections").mkdir()
    (home / "corrections" / "年报.toml").write_text(CORRECTION, "utf-8")
    assert load(home)["published"] is True
    return home


def test_the_figure_rests_on_the_corrected_row_and_says_so(published: Path) -> None:
    (figure,) = query_published(
        published,
        f"select value, source_rows, corrected_rows from mart_figure where indicator_code = '{POPULATION}'"
        " and period = '2021' and division_name = '口泉乡'",
    )
    assert figure == {"value": 30 * 2600 + 260, "source_rows": 31, "corrected_rows": 1}


def test_the_bulletin_marks_it(published: Path) -> None:
    xiangcang(published, "bulletin", "2021")
    assert "更正 1 行" in (published / "pages" / "公报2021.html").read_text("utf-8")


def test_the_correction_is_a_row_of_the_warehouse(published: Path) -> None:
    (row,) = query_published(published, "select * from dq_correction")
    assert {name: row[name] for name in ("correction_id", "state", "expected_text", "corrected_text")} == {
        "correction_id": "口泉-01", "state": "applied", "expected_text": "2600", "corrected_text": "260",
    }  # fmt: skip
    assert (
        row["delivery_id"]
        == query_published(published, "select delivery_id from dq_delivery")[0]["delivery_id"]
    )


def test_a_trace_tells_what_the_file_says_what_was_read_and_by_whom_when_and_why(published: Path) -> None:
    traced = json.loads(xiangcang(published, "trace", POPULATION, "-p", "2021", "-d", "口泉乡", "--json"))

    rows = {row["cell"]: row for row in traced["terms"][0]["rows"]}
    assert {
        cell: (row["stored_value"], row["parsed_value"], row["corrected"])
        for cell, row in rows.items()
        if cell in ("C4", "C5")
    } == {
        "C4": ("2600", "260", "registered_persons"),
        "C5": ("2600", "2600", None),
    }
    (correction,) = traced["corrections"]
    assert correction == {
        "file_name": "年报.xlsx", "sheet_name": "年报", "cell": "C4", "field": "registered_persons",
        "expected_text": "2600", "corrected_text": "260", "entered_by": "统计股数据管理员",
        "entered_on": "2022-04-11", "reason": "多打一个零，电话核实", "correction_id": "口泉-01",
    }  # fmt: skip
    assert traced["adds_up"] is True


def test_the_terminal_shows_it_too(published: Path) -> None:
    printed = xiangcang(published, "trace", POPULATION, "-p", "2021", "-d", "口泉乡")
    assert "更正：1 格不按文件里的值读取" in printed
    for words in ("260（更正）", "统计股数据管理员", "2022-04-11", "多打一个零，电话核实"):
        assert words in printed


def test_a_figure_without_corrected_rows_has_no_mark(published: Path) -> None:
    (row,) = query_published(
        published,
        f"select value, corrected_rows from mart_figure where indicator_code = '{POPULATION}'"
        " and period = '2021' and division_name = '上窝寨村'",
    )
    assert row == {"value": 2600, "corrected_rows": 0}


def test_a_resubmission_that_says_otherwise_blocks_and_the_published_version_stays(
    published: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(published, tmp_path / "home"))
    before = query_published(home, "select * from mart_figure order by all")
    send(home, "再报.xlsx", persons=270)

    blocked = json.loads(xiangcang(home, "load", "--json", "--settle", "0", code=1))

    assert blocked["published"] is False
    for words in ("年报.toml", "口泉-01", "年报!C4", "应为原文=2600", "现为=270", "withdrawn"):
        assert words in blocked["error"]
    assert query_published(home, "select * from mart_figure order by all") == before
