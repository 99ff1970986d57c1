"""Lines of the bulletin: a figure with its change on the year before, status, quality marks and origin."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schemas.indicator import Better
from warehouse.figures.status import STATUSES
from warehouse.reports.bulletin.figures import BulletinFigure, BulletinIndicator
from warehouse.reports.rendering import Rendering, half_up, plain, render, usual

NO_VALUE = "无数据"
Turn = Literal["better", "worse"]


@dataclass(frozen=True)
class BulletinLine:
    """A figure of the district and the year.

    value, previous_value, change_value: exact, in the unit. change: percent of the year before, or percentage points
    where the unit is percent; change_unit: which of the two. Both changes are of units that reported in both years.
    change_status: in words, None where it is the figure's own. basis: empty where the indicator has only one.
    better: None where neither direction is good. is_cumulative: an amount of a period counts from an earlier
    start to its end, so that periods do not add up.
    """

    code: str
    name: str
    basis: str
    unit: str
    kind: str
    is_cumulative: bool
    rendered: str
    value: Decimal | None
    previous_value: Decimal | None
    change_value: Decimal | None
    change: Decimal | None
    change_unit: str
    change_status: str | None
    source_rows: int
    status: str
    marks: tuple[str, ...]
    observation_status: str | None
    definition: str
    disputed: str | None
    form: str
    trace: str
    better: Better | None

    @property
    def turn(self) -> Turn | None:
        """Whether the change on the year before is for the better; None without a change, or a good direction."""
        if not self.change_value or self.better is None:
            return None
        return "better" if (self.change_value > 0) == (self.better == "more") else "worse"

    @property
    def anchor(self) -> str:
        """The id of the line in the annex, the same in every year: by it the line is linked to."""
        return anchor_of(self.code, self.basis)


def anchor_of(code: str, basis: str) -> str:
    """Name the line of a figure within the page, for this and for other pages. basis: where there are several."""
    return f"figure-{code}" + (f"-{basis}" if basis else "")


def line_of(
    figure: BulletinFigure,
    indicator: BulletinIndicator,
    rule: Rendering | None,
    basis: str,
    better: Better | None = None,
) -> BulletinLine:
    """Lay out the line of a figure. rule: of the printed bulletin, where it prints the figure."""
    in_percent = figure.unit == "%"
    return BulletinLine(
        code=figure.indicator_code,
        name=figure.indicator_name,
        basis=basis,
        unit=figure.unit,
        kind=indicator.kind,
        is_cumulative=indicator.kind == "flow" and indicator.over_time != "sum",
        rendered=_render_value(figure.value, figure.unit, indicator.kind, rule),
        value=figure.value,
        previous_value=figure.previous_value,
        change_value=figure.change_value,
        change=figure.change_value if in_percent else figure.change_pct,
        change_unit="个百分点" if in_percent else "%",
        change_status=_change_status(figure),
        source_rows=figure.source_rows,
        status=STATUSES[figure.status],
        marks=_marks(figure),
        observation_status=figure.observation_status,
        definition=indicator.definition,
        disputed=indicator.disputed,
        form=indicator.form_titles,
        trace=f"xiangcang trace {figure.indicator_code} -p {figure.period}",
        better=better,
    )


def exact_words(value: Decimal | None, unit: str) -> str:
    """Write all digits with their unit: 1,194,980,000元."""
    return NO_VALUE if value is None else f"{plain(value, thousands=True)}{unit}"


def change_words(line: BulletinLine) -> str:
    """Write the change: +14.01%, -0.5个百分点, 持平; a dash where there is no year to compare with."""
    if line.change is None:
        return "—"
    return (
        f"{'+' if line.change > 0 else ''}{plain(half_up(line.change, 2))}{line.change_unit}"
        if line.change
        else "持平"
    )


def _render_value(value: Decimal | None, unit: str, kind: str, rule: Rendering | None) -> str:
    if value is None:
        return NO_VALUE
    return render(value, rule) if rule else usual(value, unit, per_head=kind == "ratio")


def _marks(figure: BulletinFigure) -> tuple[str, ...]:
    """Write the quality marks of a figure: reasons of its status, flagged and corrected rows, a change that is no more sure."""
    counts = (
        (figure.flagged_rows, f"存疑 {figure.flagged_rows} 行"),
        (figure.corrected_rows, f"更正 {figure.corrected_rows} 行"),
    )
    reasons = figure.status_reasons.split("；") if figure.status_reasons else []
    change = _change_status(figure)
    return (*reasons, *(mark for count, mark in counts if count), *([f"增减{change}"] if change else []))


def _change_status(figure: BulletinFigure) -> str | None:
    is_its_own = figure.change_status in (None, figure.status)
    return None if is_its_own else STATUSES[str(figure.change_status)]
