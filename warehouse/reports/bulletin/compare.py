"""The comparison of a bulletin's printed figures with those that the warehouse computes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from warehouse.reports.bulletin.figures import BulletinFigure, BulletinIndicator
from warehouse.reports.bulletin.printed import PrintedFigure
from warehouse.reports.rendering import render

Verdict = Literal["agrees", "differs", "no_value", "no_form", "not_printed", "definition", "disputed"]

VERDICTS: dict[Verdict, str] = {
    "agrees": "一致",
    "differs": "不一致",
    "disputed": "有争议",
    "definition": "定义",
    "not_printed": "公报未印数",
    "no_value": "尚无数",
    "no_form": "尚无此表",
}
"""Each verdict in words, in the order in which they are counted."""


@dataclass(frozen=True)
class Compared:
    """A printed figure beside the computed one. rendered: the computed value by the printed figure's rule."""

    fig_id: str
    chapter: str
    indicator: str
    name: str
    printed: str | None
    computed: Decimal | None
    rendered: str | None
    verdict: Verdict
    form: str
    unit: str | None
    basis: str | None
    status: str | None
    implied: bool
    remark: str


def compare(
    printed: Iterable[PrintedFigure],
    indicators: Mapping[str, BulletinIndicator],
    of_district: Iterable[BulletinFigure],
) -> list[Compared]:
    """Compare every printed figure, in order. of_district: the district's figures of the printed year."""
    computed = {(figure.indicator_code, figure.basis): figure for figure in of_district}
    return [_compare_figure(figure, indicators.get(figure.indicator), computed) for figure in printed]


def _compare_figure(
    printed: PrintedFigure,
    indicator: BulletinIndicator | None,
    computed: Mapping[tuple[str, str], BulletinFigure],
) -> Compared:
    """Compare a printed figure. computed: the district's figures by indicator and basis."""
    basis = (printed.basis or indicator.basis) if indicator else None
    figure = computed.get((printed.indicator, basis)) if basis is not None else None
    value = figure.value if figure else None
    rendered = render(value, printed.rule) if value is not None else None
    return Compared(
        fig_id=printed.fig_id,
        chapter=printed.chapter,
        indicator=printed.indicator,
        name=indicator.indicator_name if indicator else printed.name,
        printed=printed.printed,
        computed=value,
        rendered=rendered,
        verdict=_verdict(printed, rendered) if indicator else "no_form",
        form=indicator.form_titles if indicator else printed.form,
        unit=indicator.unit if indicator else None,
        basis=basis,
        status=figure.status if figure else None,
        implied=printed.implied,
        remark=_remark(printed),
    )


def _verdict(printed: PrintedFigure, rendered: str | None) -> Verdict:
    if printed.kind != "figure":
        return printed.kind
    if rendered is None:
        return "no_value"
    return "agrees" if rendered == printed.printed else "differs"


def _remark(printed: PrintedFigure) -> str:
    dispute = f"{printed.why}；可能是{printed.correction}" if printed.kind == "disputed" else None
    return "；".join(text for text in (dispute, printed.note) if text)
