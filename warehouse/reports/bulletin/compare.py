"""The figures that a bulletin printed, beside what the warehouse computes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from warehouse.reports.bulletin.figures import BulletinFigure, BulletinIndicator
from warehouse.reports.bulletin.printed import PrintedFigure
from warehouse.reports.rendering import render

Verdict = Literal["agrees", "differs", "no_form", "not_printed", "definition", "disputed"]

VERDICTS: dict[Verdict, str] = {
    "agrees": "一致",
    "differs": "不一致",
    "disputed": "有争议",
    "definition": "定义",
    "not_printed": "公报未印数",
    "no_form": "尚无此表",
}
"""Each verdict in words, in the order in which they are counted."""


@dataclass(frozen=True)
class Compared:
    """One printed figure and the computed one. rendered: the computed value, said by the printed figure's rule."""

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
    """One row per printed figure, in order. of_district: the district's figures of the printed year."""
    computed = {(figure.indicator_code, figure.basis): figure for figure in of_district}
    return [_compared(one, indicators.get(one.indicator), computed) for one in printed]


def _compared(
    one: PrintedFigure,
    indicator: BulletinIndicator | None,
    computed: Mapping[tuple[str, str], BulletinFigure],
) -> Compared:
    basis = (one.basis or indicator.basis) if indicator else None
    figure = computed.get((one.indicator, basis)) if basis is not None else None
    value = figure.value if figure else None
    rendered = render(value, one.rule) if value is not None else None
    return Compared(
        fig_id=one.fig_id,
        chapter=one.chapter,
        indicator=one.indicator,
        name=indicator.indicator_name if indicator else one.name,
        printed=one.printed,
        computed=value,
        rendered=rendered,
        verdict=_verdict(one, rendered) if indicator else "no_form",
        form=indicator.form_titles if indicator else one.form,
        unit=indicator.unit if indicator else None,
        basis=basis,
        status=figure.status if figure else None,
        implied=one.implied,
        remark=_remark(one),
    )


def _verdict(one: PrintedFigure, rendered: str | None) -> Verdict:
    if one.kind != "figure":
        return one.kind
    return "agrees" if rendered == one.printed else "differs"


def _remark(one: PrintedFigure) -> str:
    disputed = f"{one.why}；可能是{one.correction}" if one.kind == "disputed" else None
    return "；".join(said for said in (disputed, one.note) if said)
