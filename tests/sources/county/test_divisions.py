"""The division lists 2020-06-30 and 2021-10-31 of 云冈区, their aliases and the known successors."""

import csv
import re
from collections import Counter
from datetime import date

import pytest

from tests.district import COUNTY

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    text = (COUNTY / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


DIVISIONS = rows("divisions/division.csv")
ALIASES = rows("aliases.csv")
CROSSWALK = rows("divisions/crosswalk.csv")
BY_CODE = {row["division_code"]: row for row in DIVISIONS}


def on_list_of(day: str) -> list[Row]:
    return [d for d in DIVISIONS if d["valid_from"] <= day and (not d["valid_to"] or day < d["valid_to"])]


@pytest.mark.parametrize(
    ("day", "level", "count"),
    [
        ("2020-06-30", "village", 120),
        ("2021-10-31", "village", 94),
        ("2022-10-31", "village", 94),
        ("2021-10-31", "township", 4),
        ("2021-10-31", "town", 2),
        ("2021-10-31", "subdistrict", 21),
        ("2020-06-30", "subdistrict", 30),
        ("2020-06-30", "community", 138),
        ("2021-10-31", "community", 150),
        ("2021-10-31", "county", 1),
    ],
)
def test_each_vintage_has_its_number_of_places(day: str, level: str, count: int) -> None:
    assert Counter(d["level"] for d in on_list_of(day))[level] == count


def test_columns_are_those_that_the_warehouse_reads() -> None:
    assert list(DIVISIONS[0]) == [
        "division_code", "name", "canonical_name", "level", "parent_code",
        "urban_rural_code", "valid_from", "valid_to", "code_known", "note",
    ]  # fmt: skip
    assert list(ALIASES[0]) == [
        "division_code", "alias", "expected_name", "status", "note", "added_by", "added_on",
    ]  # fmt: skip
    assert list(CROSSWALK[0]) == ["from_code", "to_code", "relation", "evidence", "effective_date"]


def test_a_division_code_occurs_once() -> None:
    assert [code for code, n in Counter(d["division_code"] for d in DIVISIONS).items() if n > 1] == []


def test_a_code_is_twelve_digits_or_stands_for_an_unknown_one_under_its_parent() -> None:
    for d in DIVISIONS:
        if d["code_known"] == "true":
            assert re.fullmatch(r"140214\d{6}", d["division_code"])
        else:
            parent = BY_CODE[d["parent_code"]]
            known = d["parent_code"] if parent["code_known"] == "true" else "140214000000"
            assert d["division_code"] == f"{known}/{d['canonical_name']}"


def test_every_place_but_the_county_has_a_parent_on_the_same_list() -> None:
    for day in ("2020-06-30", "2021-10-31"):
        listed = {d["division_code"] for d in on_list_of(day)}
        assert [d["name"] for d in on_list_of(day) if d["parent_code"] not in listed] == ["云冈区"]


def test_a_place_is_known_from_a_list_date_until_a_list_date() -> None:
    assert {(d["valid_from"], d["valid_to"]) for d in DIVISIONS} == {
        ("2020-06-30", ""),
        ("2020-06-30", "2021-10-31"),
        ("2021-10-31", ""),
    }


def test_a_place_whose_code_is_unknown_is_on_the_first_list_only() -> None:
    assert all((d["code_known"] == "false") == (d["valid_to"] == "2021-10-31") for d in DIVISIONS)


@pytest.mark.parametrize(
    ("name", "canonical_name"),
    [
        ("店村村委会", "店村"),
        ("口泉村委会", "口泉村"),
        ("荣幸街社区居委会", "荣幸街社区"),
        ("马脊梁社区居委会区", "马脊梁社区"),
    ],
)
def test_the_canonical_name_drops_the_committee(name: str, canonical_name: str) -> None:
    assert [d["canonical_name"] for d in DIVISIONS if d["name"] == name] == [canonical_name]


def test_canonical_names_end_as_their_level_does() -> None:
    endings = {
        "county": "区",
        "subdistrict": "街道",
        "town": "镇",
        "township": "乡",
        "community": "社区",
        "village": "村",
    }
    assert [d["name"] for d in DIVISIONS if not d["canonical_name"].endswith(endings[d["level"]])] == []


def test_a_name_is_unique_under_its_parent_on_each_list() -> None:
    for day in ("2020-06-30", "2021-10-31"):
        names = Counter((d["parent_code"], d["canonical_name"]) for d in on_list_of(day))
        assert [name for name, n in names.items() if n > 1] == []


def test_the_urban_rural_code_is_given_for_the_lowest_level_of_the_later_list() -> None:
    for d in DIVISIONS:
        lowest = d["level"] in ("community", "village") and not d["valid_to"]
        assert bool(re.fullmatch(r"1[12][12]|2[12]0", d["urban_rural_code"])) == lowest


def test_every_alias_names_a_listed_place_in_another_way() -> None:
    for alias in ALIASES:
        assert alias["alias"] not in ("", BY_CODE[alias["division_code"]]["canonical_name"])
        assert alias["status"] in ("observed", "observed_form", "suggested", "ambiguous")


def test_an_alias_is_given_once() -> None:
    assert [a for a, n in Counter(a["alias"] for a in ALIASES).items() if n > 1] == []


def test_short_forms_that_two_places_share_are_ambiguous() -> None:
    ambiguous = {alias["alias"] for alias in ALIASES if alias["status"] == "ambiguous"}
    assert ambiguous == {"口泉", "高山", "云冈", "平旺", "王家园"}


def test_an_alias_that_counts_is_no_other_places_name() -> None:
    names = {d["canonical_name"] for d in DIVISIONS} | {d["name"] for d in DIVISIONS}
    shared = {a["alias"] for a in ALIASES if a["status"] != "ambiguous" and a["alias"] in names}
    assert shared == {"马脊梁社区居委会区"}  # the list's own misprint, of the same place


def test_every_place_that_left_the_list_is_in_the_crosswalk_once() -> None:
    left = sorted(d["division_code"] for d in DIVISIONS if d["valid_to"])
    assert sorted(c["from_code"] for c in CROSSWALK) == left
    assert len(left) == 120


def test_relations_are_counted() -> None:
    assert Counter(c["relation"] for c in CROSSWALK) == {"same_name_moved": 72, "unknown_successor": 48}


def test_a_successor_is_stated_only_for_the_same_name_found_once() -> None:
    later = Counter(d["canonical_name"] for d in on_list_of("2021-10-31"))
    for c in CROSSWALK:
        name = BY_CODE[c["from_code"]]["canonical_name"]
        if c["relation"] == "same_name_moved":
            successor = BY_CODE[c["to_code"]]
            assert (successor["canonical_name"], later[name]) == (name, 1)
            assert successor["level"] == BY_CODE[c["from_code"]]["level"]
            assert successor["valid_from"] == c["effective_date"]
        else:
            assert (c["to_code"], later[name]) == ("", 0)
        assert c["evidence"]
        assert date.fromisoformat(c["effective_date"]) == date(2021, 10, 31)


def test_a_like_name_is_noted_but_not_taken_for_the_successor() -> None:
    by_place = {c["from_code"]: c for c in CROSSWALK}
    for place, like in [("140214101000/白塘子村", "白塔村"), ("140214101000/二台村", "二台社区")]:
        assert by_place[place]["to_code"] == ""
        assert like in by_place[place]["evidence"]
        assert BY_CODE[place]["canonical_name"] not in {alias["alias"] for alias in ALIASES}


def test_no_note_carries_an_address() -> None:
    assert "http" not in (COUNTY / "aliases.csv").read_text("utf-8")
    assert not re.search(r"[a-z]+\.[a-z]{2,}", "".join(a["note"] for a in ALIASES))
