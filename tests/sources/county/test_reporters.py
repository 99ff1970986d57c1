"""A reporter that is renamed or moves keeps its code: a row of the list for each time."""

import re
from datetime import date
from pathlib import Path

import pytest

from sources.county.references import References, read_references
from sources.layout.draft import check_reporter
from tests.sources.county.county_folder import REPORTERS, Change, add, put, refusal

GAOSHAN = "gaoshan,高山镇,township,140214101000,高山镇,2018-02-09,"
CLOSED = put(REPORTERS, GAOSHAN, GAOSHAN + "2021-07-01")
MOVED = "gaoshan,高山新镇,township,140214102000,高山镇,2021-07-01,"


@pytest.fixture
def moved(folder: Path) -> References:
    CLOSED(folder)
    add(REPORTERS, MOVED)(folder)
    return read_references(folder)


@pytest.mark.parametrize(
    ("day", "division"),
    [
        (date(2015, 12, 31), "140214101000"),
        (date(2021, 6, 30), "140214101000"),
        (date(2021, 7, 1), "140214102000"),
    ],
)
def test_a_code_is_the_division_that_it_is_on_the_day(moved: References, day: date, division: str) -> None:
    assert moved.division_of("gaoshan", day) == division


def test_its_folder_is_of_the_last_of_its_rows(moved: References) -> None:
    reporter = moved.reporter_of("高山镇", date(2022, 1, 5))
    assert reporter is not None
    assert (reporter.code, reporter.name) == ("gaoshan", "高山新镇")


def test_it_may_sign_with_the_name_that_it_had(moved: References) -> None:
    reporter = moved.reporter_of("高山镇", date(2022, 1, 5))
    assert reporter is not None
    contract = moved.contracts["agri_processing.quarter"]
    rules = {
        name: [reason.rule for reason in check_reporter(moved, reporter, contract, name, [], "Sheet1", "A2")]
        for name in ("高山镇", "高山新镇", "口泉乡")
    }
    assert rules == {"高山镇": [], "高山新镇": [], "口泉乡": ["delivery__reporter_mismatch"]}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (MOVED.replace("2021-07-01", "2021-06-30"), "代码 gaoshan 已用于第 2 行；同一单位换了名称、区划或文件夹的"),
        (MOVED.replace("township", "bureau"), "代码 gaoshan 在第 2 行是 township 类；换了类别请另取代码"),
    ],
)  # fmt: skip
def test_its_rows_follow_one_another_and_are_of_one_kind(line: str, sentence: str, folder: Path) -> None:
    changes: list[Change] = [CLOSED, add(REPORTERS, line)]
    for change in changes:
        change(folder)
    assert re.search(sentence, refusal(folder))
