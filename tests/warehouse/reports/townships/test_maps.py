"""Maps of townships: each place in its position, coloured by rank, and saying so in words."""

import re
import xml.etree.ElementTree as ET

import pytest

from warehouse.reports.townships.maps import Ground, MarkedPlace, draw

FIRST = MarkedPlace("a", "甲镇", "90%", 1, "g0")
SECOND = MarkedPlace("b", "<b>乙</b>", "80%", 2, "g4")
WITHOUT = MarkedPlace("c", "丙乡", "", None, "")


def square(west: float, south: float, side: float = 0.1) -> list[tuple[float, float]]:
    east, north = west + side, south + side
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def parsed(ground: Ground, *places: MarkedPlace) -> ET.Element:
    return ET.fromstring(draw(ground, places, "普及率（%）"))


def test_a_tile_stands_in_its_column_and_row_with_name_value_and_rank() -> None:
    root = parsed(Ground(tiles={"a": (1, 1), "b": (3, 2)}), FIRST, SECOND)
    first, second = root.findall("g")
    assert [(tile.get("x"), tile.get("y")) for tile in root.iter("rect")] == [("0", "0"), ("208", "66")]
    assert [text.text for text in first.iter("text")] == ["甲镇", "90%", "第1"]
    assert (first.get("class"), second.get("class")) == ("g0", "g4")


def test_a_place_without_a_figure_is_there_and_one_without_a_position_is_not() -> None:
    root = parsed(Ground(tiles={"a": (1, 1), "c": (2, 1)}), FIRST, SECOND, WITHOUT)
    assert [group.get("class") for group in root.findall("g")] == ["g0", "none"]
    assert root.findtext("desc") == "甲镇 90%，第1；丙乡 无数据"


def test_names_are_text() -> None:
    assert "<b>" not in draw(Ground(tiles={"b": (1, 1)}), [SECOND], "普及率")


def test_boundaries_lie_north_up_and_as_wide_as_a_degree_is_there() -> None:
    """At 60 degrees north a degree of longitude is half as long as one of latitude."""
    ground = Ground(
        boundaries={"a": [square(110, 60)], "b": [square(110.2, 59.9)]}, approval_number="GS（2022）1号"
    )
    paths = [path.get("d") or "" for path in parsed(ground, FIRST, SECOND).iter("path")]
    (a_left, a_low), (a_right, _), (_, a_high) = ring_of(paths[0])[:3]
    (b_left, b_low), *_ = ring_of(paths[1])
    assert b_left > a_right
    assert b_low > a_low > a_high
    assert (a_low - a_high) / (a_right - a_left) == pytest.approx(2, rel=0.02)


def test_a_hole_is_left_open_and_the_name_stands_in_the_largest_part() -> None:
    rings = [square(110, 40, 0.01), square(111, 40, 1.0), square(111.4, 40.4, 0.2)]
    root = parsed(Ground(boundaries={"a": rings}, approval_number="GS（2022）1号"), FIRST)
    (path,) = root.iter("path")
    assert (path.get("fill-rule"), (path.get("d") or "").count("M")) == ("evenodd", 3)
    x = float(next(root.iter("text")).get("x") or 0)
    left, right = (ring_of((path.get("d") or ""), 1)[n][0] for n in (0, 1))
    assert left < x < right


def ring_of(path: str, number: int = 0) -> list[tuple[float, float]]:
    """The points of a ring of a path."""
    ring = path.split("Z")[number]
    return [(float(x), float(y)) for x, y in re.findall(r"(-?\d+),(-?\d+)", ring)]
