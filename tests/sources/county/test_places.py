"""A name resolves inside its township, at its level, on the day; an ambiguous short form never does."""

from datetime import date

import pytest

from sources.county.places import Places
from sources.county.references import read_references
from tests.district import COUNTY

NEW, OLD = date(2022, 12, 31), date(2021, 6, 30)
KOUQUAN = "140214200000"


@pytest.fixture(scope="module")
def places() -> Places:
    return read_references(COUNTY).places


@pytest.mark.parametrize("name", ["杨家窑村", "杨家窑", "杨 家 窑 村", "杨家窑村委会", "杨家窑村民委员会"])
def test_ways_to_write_a_village(places: Places, name: str) -> None:
    assert places.resolve(name, "village", KOUQUAN, NEW) == ("140214200229", None)


@pytest.mark.parametrize("name", ["口泉", "云冈", "高山", "平旺"])
def test_ambiguous_short_forms(places: Places, name: str) -> None:
    assert places.resolve(name, "village", None, NEW) == (None, "ambiguous_place")


def test_the_full_name_says_the_level(places: Places) -> None:
    assert places.resolve("口泉村", "village", KOUQUAN, NEW) == ("140214200200", None)
    assert places.resolve("口泉乡", "township", None, NEW) == (KOUQUAN, None)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("高山村", "140214101200"),
        ("辛庄社区", "140214101009"),
        ("泰清里", "140214037004"),
        ("高山镇", None),
        ("云冈区", None),
    ],
)
def test_villages_and_communities_are_one_level(places: Places, name: str, code: str | None) -> None:
    assert places.resolve(name, "village_level", None, NEW)[0] == code


def test_a_village_of_another_township_is_unknown(places: Places) -> None:
    assert places.resolve("东韩岭村", "village", KOUQUAN, NEW) == (None, "unknown_place")
    assert places.resolve("东韩岭村", "village", None, NEW) == ("140214206201", None)


def test_a_dissolved_village_is_known_while_it_stood(places: Places) -> None:
    code, wrong = places.resolve("曹家窑村", "village", KOUQUAN, OLD)
    assert (code, wrong) == ("140214200000/曹家窑村", None)
    assert places.resolve("曹家窑村", "village", KOUQUAN, NEW) == (None, "unknown_place")


def test_the_villages_inside_a_township_on_a_day(places: Places) -> None:
    now = places.inside("village", KOUQUAN, NEW)
    before = places.inside("village", KOUQUAN, OLD)
    assert (now[0].code, now[0].name) == ("140214200200", "口泉村")
    assert "曹家窑村" in {place.name for place in before} - {place.name for place in now}
    assert {place.parent_code for place in now} == {KOUQUAN}
