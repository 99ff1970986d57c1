"""The figures of printed bulletins."""

from typing import Any

import pytest
from pydantic import ValidationError

from schemas.indicator import CHAPTERS
from tests.district import COUNTY
from warehouse.reports.bulletin.printed import PrintedBulletin, PrintedFigure, read_printed

FIGURE = {
    "fig_id": "F01", "name": "网格", "chapter": "党建与治理", "indicator": "grid_count", "form": "台账",
    "printed": "810个", "rule": {"kind": "exact", "unit": "个"},
}  # fmt: skip


def ids(printed: PrintedBulletin, **attributes: Any) -> list[str]:
    return [
        figure.fig_id
        for figure in printed.figures
        if all(getattr(figure, k) == v for k, v in attributes.items())
    ]


def test_the_bulletin_of_2022_has_its_59_figures(printed_2022: PrintedBulletin) -> None:
    assert printed_2022.year == 2022
    assert ids(printed_2022) == [f"F{number:02d}" for number in range(1, 60)]


def test_every_chapter_is_one_of_the_pages(printed_2022: PrintedBulletin) -> None:
    assert {figure.chapter for figure in printed_2022.figures} == set(CHAPTERS)


def test_no_two_figures_are_of_one_indicator(printed_2022: PrintedBulletin) -> None:
    assert len({figure.indicator for figure in printed_2022.figures}) == 59


def test_of_what_kind_each_figure_is(printed_2022: PrintedBulletin) -> None:
    assert ids(printed_2022, kind="not_printed") == ["F46", "F47", "F48", "F54"]
    assert ids(printed_2022, kind="definition") == ["F07", "F08", "F13", "F39", "F58"]
    assert ids(printed_2022, kind="disputed") == ["F10", "F11"]
    assert ids(printed_2022, implied=True) == ["F04", "F05", "F15", "F38", "F43"]


def test_disputed_figures_say_what_was_probably_meant(printed_2022: PrintedBulletin) -> None:
    corrections = {
        figure.fig_id: (figure.printed, figure.correction)
        for figure in printed_2022.figures
        if figure.correction
    }
    assert corrections == {"F10": ("6-9星12人", "6-7星72人"), "F11": ("22星1人", "8星1人")}


def test_a_year_without_a_printed_bulletin_has_none() -> None:
    assert read_printed(COUNTY / "bulletin", "140214", 2023) is None


def test_the_bulletin_of_one_county_is_not_that_of_another(printed_2022: PrintedBulletin) -> None:
    assert printed_2022.county_code == "140214"
    assert read_printed(COUNTY / "bulletin", "140215", 2022) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"sentence": "…"},
        {"chapter": 3},
        {"fig_id": "G1"},
        {"printed": None},
        {"kind": "not_printed"},
        {"kind": "disputed"},
        {"correction": "811个"},
        {"rule": {"kind": "exact", "unit": "个", "places": 2}},
    ],
    ids=str,
)
def test_a_figure_that_is_not_said_as_its_kind_needs_is_refused(wrong: dict[str, Any]) -> None:
    assert PrintedFigure.model_validate(FIGURE).printed == "810个"
    with pytest.raises(ValidationError):
        PrintedFigure.model_validate(FIGURE | wrong)


def test_a_figure_given_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="F01"):
        PrintedBulletin.model_validate({"county_code": "140214", "year": 2022, "figures": [FIGURE, FIGURE]})
