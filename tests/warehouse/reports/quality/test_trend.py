"""Plots of the last loads."""

import xml.etree.ElementTree as ET

from warehouse.reports.quality.trend import Trend, svg


def plot(*values: float | None, from_zero: bool = True) -> ET.Element:
    labels = [f"01-{n + 1:02}" for n in range(len(values))]
    return ET.fromstring(svg(Trend("检查", "项", values, from_zero=from_zero), labels, "1"))


def texts(root: ET.Element, kind: str) -> list[str | None]:
    return [element.text for element in root.iter("text") if kind in element.get("class", "")]


def heights(root: ET.Element) -> list[float]:
    return [float(bar.get("height", "")) for bar in root.iter("rect")]


def test_columns_are_as_high_as_their_values() -> None:
    low, high = heights(plot(5, 10))

    assert high == 2 * low


def test_the_newest_value_is_written_and_the_first_and_last_day() -> None:
    root = plot(5, 7, 11)

    assert texts(root, "value") == ["11"]
    assert [text for text in texts(root, "tick") if text and "-" in text] == ["01-01", "01-03"]


def test_a_load_without_a_value_has_no_column() -> None:
    root = plot(5, None, 7)

    assert len(heights(root)) == 2
    assert texts(root, "gap") == ["无"]


def test_a_line_goes_through_what_is_known_on_an_axis_around_it() -> None:
    root = plot(97.5, None, 98.5, from_zero=False)

    (line,) = root.iter("polyline")
    assert len(line.get("points", "").split()) == len(list(root.iter("circle"))) == 2
    assert texts(root, "tick end") == ["96", "97", "98", "99"]


def test_nothing_known_is_an_empty_plot() -> None:
    assert list(plot(None, from_zero=False).iter("circle")) == []
    assert heights(plot(0)) == [0.0]


def test_it_tells_its_values_to_who_cannot_see_it() -> None:
    (described,) = plot(5, None).iter("desc")

    assert described.text == "01-01 5项，01-02 无"
