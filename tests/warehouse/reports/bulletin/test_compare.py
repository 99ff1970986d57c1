"""Printed figures beside computed ones."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from warehouse.reports.bulletin.compare import Compared, compare
from warehouse.reports.bulletin.figures import BulletinFigure, BulletinIndicator
from warehouse.reports.bulletin.printed import PrintedBulletin, PrintedFigure

COMPUTED = {
    "F01": "12", "F02": "4", "F03": "19", "F04": "12", "F05": "100", "F06": "246", "F09": "173", "F12": "246",
    "F14": "810", "F15": "810", "F16": "810", "F17": "3542", "F18": "14414", "F19": "5634",
    "F20": "1194980000", "F21": "988610000.55", "F22": "34", "F23": "25", "F24": "1", "F25": "5", "F26": "3",
    "F27": "5", "F28": "4", "F29": "163842", "F30": "8412350", "F31": "121", "F32": "28", "F33": "16",
    "F34": "6", "F35": "63", "F36": "8", "F37": "96.8085", "F38": "100", "F40": "4", "F41": "2", "F42": "94",
    "F43": "100", "F44": "367", "F45": "3", "F49": "73000000", "F50": "14.0012", "F51": "3", "F52": "2",
    "F53": "3", "F55": "6258000", "F56": "94", "F57": "4", "F59": "2",
}  # fmt: skip
"""A value of each printed figure that its rule says as it was printed."""


def printed(rule: dict[str, Any] | None = None, **fields: Any) -> PrintedFigure:
    plain = {
        "fig_id": "F14", "name": "网格", "chapter": "党建与治理", "indicator": "grid_count", "form": "网格台账",
        "printed": "810个", "rule": rule or {"kind": "exact", "unit": "个"},
    }  # fmt: skip
    return PrintedFigure.model_validate(plain | fields)


def indicator(code: str = "grid_count") -> BulletinIndicator:
    return BulletinIndicator(
        code, "网格数", "党建与治理", "口径", "公报", "个", "stock", "latest", "2022", "网格划分台账", None
    )


def figure(value: str | None, code: str = "grid_count", basis: str = "2022") -> BulletinFigure:
    return BulletinFigure(
        code, "网格数", "个", "140214000000", "云冈区", "county", "2022", "year", basis,
        None if value is None else Decimal(value), 9, 0, 0, "final", "", "A", None, None, None, None,
    )  # fmt: skip


def compared(printed_figure: PrintedFigure, *figures: BulletinFigure) -> Compared:
    (row,) = compare([printed_figure], {"grid_count": indicator()}, figures)
    return row


def test_an_indicator_that_the_warehouse_does_not_have_is_no_form() -> None:
    (row,) = compare([printed()], {}, [])
    assert (row.verdict, row.computed, row.rendered) == ("no_form", None, None)
    assert (row.name, row.form) == ("网格", "网格台账")


@pytest.mark.parametrize(
    "fields",
    [{"kind": "definition"}, {"kind": "not_printed", "printed": None},
     {"kind": "disputed", "correction": "811个", "why": "笔误"}],
    ids=lambda fields: fields["kind"],
)  # fmt: skip
def test_what_is_no_plain_figure_is_told_apart_only_where_there_is_an_indicator(
    fields: dict[str, Any],
) -> None:
    row = compared(printed(**fields), figure("812"))
    assert (row.verdict, row.computed, row.rendered) == (fields["kind"], Decimal(812), "812个")
    (without,) = compare([printed(**fields)], {}, [])
    assert without.verdict == "no_form"


def test_the_same_words_agree() -> None:
    row = compared(printed(), figure("810"))
    assert (row.verdict, row.printed, row.rendered, row.computed) == (
        "agrees",
        "810个",
        "810个",
        Decimal(810),
    )
    assert (row.form, row.unit, row.status) == ("网格划分台账", "个", "final")


def test_other_words_differ() -> None:
    row = compared(printed(), figure("809"))
    assert (row.verdict, row.rendered) == ("differs", "809个")


@pytest.mark.parametrize("figures", [[], [figure(None)]], ids=["no row", "no value"])
def test_an_indicator_without_a_value_neither_agrees_nor_differs(figures: list[BulletinFigure]) -> None:
    row = compared(printed(), *figures)
    assert (row.verdict, row.computed, row.rendered) == ("no_value", None, None)


def test_the_indicators_own_basis_counts_unless_the_printed_figure_names_one() -> None:
    bases = figure("810"), figure("799", basis="2020")
    assert compared(printed(), *bases).computed == 810
    assert compared(printed(basis="2020"), *bases).computed == 799


def test_a_disputed_figure_says_why_and_what_was_meant() -> None:
    row = compared(printed(kind="disputed", correction="811个", why="笔误", note="见附表"), figure("811"))
    assert row.remark == "笔误；可能是811个；见附表"


def test_there_is_a_value_for_every_plain_figure(printed_2022: PrintedBulletin) -> None:
    assert list(COMPUTED) == [
        printed_figure.fig_id for printed_figure in printed_2022.figures if printed_figure.kind == "figure"
    ]


@pytest.mark.parametrize("fig_id", COMPUTED)
def test_a_changed_value_turns_agreement_into_difference(fig_id: str, printed_2022: PrintedBulletin) -> None:
    (printed_figure,) = [
        printed_figure for printed_figure in printed_2022.figures if printed_figure.fig_id == fig_id
    ]
    indicators = {printed_figure.indicator: indicator(printed_figure.indicator)}
    agreeing = figure(COMPUTED[fig_id], printed_figure.indicator, printed_figure.basis or "2022")
    changed = replace(agreeing, value=Decimal(COMPUTED[fig_id]) * 4 / 5)
    verdicts = [compare([printed_figure], indicators, [f])[0].verdict for f in (agreeing, changed)]
    assert verdicts == ["agrees", "differs"]
