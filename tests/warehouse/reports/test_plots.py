"""Plots as SVG."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.reports.bulletin.breakdown import Breakdown, BreakdownCell
from warehouse.reports.bulletin.content import Bulletin
from warehouse.reports.plots import scale_of, svg, ticks

numbers = st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=30)


@pytest.fixture
def townships(bulletin: Bulletin) -> Breakdown:
    return bulletin.chapters[1].breakdowns[0]


@pytest.fixture
def months(bulletin: Bulletin) -> Breakdown:
    return bulletin.chapters[1].breakdowns[1]


def drawn(plot: Breakdown) -> ET.Element:
    return ET.fromstring(svg(plot, "1"))


def texts(root: ET.Element, kind: str) -> list[str]:
    return [e.text or "" for e in root.iter("text") if kind in e.attrib["class"].split()]


def lengths(root: ET.Element, side: str) -> list[float]:
    return [float(e.attrib[side]) for e in root.iter("rect")]


def test_a_bar_is_as_long_as_its_value(townships: Breakdown) -> None:
    longer, shorter = lengths(drawn(townships), "width")
    assert longer / shorter == pytest.approx(800000000 / 394980000, rel=0.01)


def test_values_stand_at_the_bars_in_a_unit_that_reads_well(townships: Breakdown) -> None:
    root = drawn(townships)
    assert texts(root, "value") == ["8.00", "3.95*"]
    assert texts(root, "label") == ["高山镇", "云冈镇"]
    assert "单位：亿元" in texts(root, "tick")


def test_what_is_not_final_is_hollow(townships: Breakdown) -> None:
    assert [e.attrib["class"] for e in drawn(townships).iter("rect")] == ["bar", "bar open"]


def test_a_missing_month_is_a_gap_and_not_a_zero(months: Breakdown) -> None:
    root = drawn(months)
    assert len(lengths(root, "height")) == 2
    assert texts(root, "value") == ["6.00", "10.38"]
    assert texts(root, "gap") == ["无"] * 10
    assert texts(root, "label") == [f"{month}月" for month in range(1, 13)]


def test_a_reader_who_cannot_see_it_is_told_what_it_shows(townships: Breakdown) -> None:
    root = drawn(townships)
    named = {e.attrib["id"]: e.text for e in root if "id" in e.attrib}
    assert [named[i] for i in root.attrib["aria-labelledby"].split()] == [
        "农产品加工销售收入（分乡镇）",
        "高山镇800,000,000元，云冈镇394,980,000元",
    ]


def test_names_from_the_data_stay_text(townships: Breakdown) -> None:
    named = replace(townships, cells=(BreakdownCell("1", "<script>", Decimal(1), None), *townships.cells))
    assert "<script" not in svg(named, "1")
    assert texts(drawn(named), "label")[0] == "<script>"


def test_a_loss_is_drawn_to_the_left_of_zero(townships: Breakdown) -> None:
    cells = (BreakdownCell("1", "甲", Decimal(-5), None), BreakdownCell("2", "乙", Decimal(10), None))
    left, right = (float(e.attrib["x"]) for e in drawn(replace(townships, cells=cells)).iter("rect"))
    assert left < right


@pytest.mark.parametrize(
    ("most", "unit", "scaled"),
    [
        ("394980000", "元", (8, "亿元")),
        ("625800", "元", (4, "万元")),
        ("800", "元", (0, "元")),
        ("163842", "人次", (4, "万人次")),
        ("94", "户", (0, "户")),
    ],
)
def test_units_are_scaled_to_the_largest_value(most: str, unit: str, scaled: tuple[int, str]) -> None:
    assert scale_of([Decimal(1), Decimal(most)], unit) == scaled


@given(values=numbers)
def test_the_axis_has_zero_and_holds_every_value(values: list[Decimal]) -> None:
    marks = ticks(values)
    assert 0 in marks
    assert marks[0] <= min(values)
    assert marks[-1] >= max(values)
    assert 2 <= len(marks) <= 8
    assert len({b - a for a, b in pairwise(marks)}) == 1


def test_a_plot_refers_to_nothing_outside(townships: Breakdown, months: Breakdown) -> None:
    both = svg(townships, "1") + svg(months, "2")
    assert not re.search(r"http|href|url\(|<script|<image|<style", both)
