"""The content of a trace page as plain data: the figure, its terms, the deliveries and cells that they come from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from warehouse.figures.status import STATUSES
from warehouse.figures.traced_year import CountedTerm
from warehouse.reports.bulletin.figures import BulletinFigure, BulletinIndicator, Version
from warehouse.reports.bulletin.lines import anchor_of, exact_words
from warehouse.reports.rendering import plain, usual
from warehouse.reports.traces.address import trace_address

DELIVERIES_SHOWN = 40
_TERMS = {"value": "各行", "numerator": "分子各行", "denominator": "分母各行"}
_OF_GROWTH = {"numerator": "本年各行", "denominator": "上年各行"}
_AGGREGATES = {"sum": "相加", "count": "计数", "count_distinct": "去重计数"}


@dataclass(frozen=True)
class ExcerptLine:
    """A row of an excerpt. row: as the sheet numbers it. texts: of its cells. counted: positions of those that count.

    parsed, amount: what was read, and what it counts as; empty of a row that only stands beside.
    """

    row: int
    texts: tuple[str, ...]
    counted: frozenset[int] = frozenset()
    parsed: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Excerpt:
    """Cells of an archived file and what stands around them.

    note: why none are shown; then `cells` has their addresses. scale: how many times the field's unit that of the file is.
    """

    file: str
    sheet: str
    letters: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    lines: tuple[ExcerptLine, ...] = ()
    note: str = ""
    cells: tuple[str, ...] = ()
    scale: Decimal = Decimal(1)

    @property
    def row_count(self) -> int:
        """Number of counted rows that are shown, or whose cells are named."""
        return len(self.cells) if self.note else sum(bool(line.counted) for line in self.lines)


@dataclass(frozen=True)
class TracePageTerm:
    """A term of the figure. deliveries: reporter, form, period, file, rows and amount, the first of delivery_count."""

    words: str
    amount: str
    row_count: int
    deliveries: tuple[tuple[str, str, str, str, str, str], ...]
    delivery_count: int
    excerpts: tuple[Excerpt, ...]

    @property
    def rows_left_out(self) -> int:
        """Number of counted rows that the page does not show."""
        return self.row_count - sum(excerpt.row_count for excerpt in self.excerpts)


@dataclass(frozen=True)
class TracePage:
    """The page of a figure. address: below the folder of pages; bulletin: the page that it is published in."""

    address: str
    bulletin: str
    figure: BulletinFigure
    indicator: BulletinIndicator
    version: Version
    year: int
    terms: tuple[TracePageTerm, ...]
    basis: str = ""

    @property
    def anchor(self) -> str:
        """The part of the bulletin that the figure stands in."""
        return anchor_of(self.figure.indicator_code, self.basis)

    @property
    def shown_value(self) -> str:
        value = self.figure.value
        return "无数据" if value is None else usual(value, self.figure.unit)

    @property
    def exact_value(self) -> str:
        value = self.figure.value
        return "" if value is None else exact_words(value, self.figure.unit)

    @property
    def status(self) -> str:
        return STATUSES[self.figure.status]

    @property
    def command(self) -> str:
        """The command that lists all rows."""
        return f"xiangcang trace {self.figure.indicator_code} -p {self.figure.period}"


def page_of(
    figure: BulletinFigure,
    indicator: BulletinIndicator,
    version: Version,
    terms: Sequence[TracePageTerm],
    basis: str = "",
) -> TracePage:
    """Lay out the page of a figure of a year. basis: where the indicator has figures on several."""
    year = int(figure.period)
    return TracePage(
        address=trace_address(year, figure.indicator_code, basis),
        bulletin=f"公报{year}.html",
        figure=figure,
        indicator=indicator,
        version=version,
        year=year,
        terms=tuple(terms),
        basis=basis,
    )


def term_of(
    term: CountedTerm,
    indicator: BulletinIndicator,
    excerpts: Sequence[Excerpt],
    personal_tables: Collection[str] = (),
) -> TracePageTerm:
    """Lay out a term. personal_tables: staged tables of whose deliveries no sums are shown, for one may be of one person."""
    names = _TERMS | (_OF_GROWTH if indicator.kind == "growth" else {})
    lines = (
        (
            delivery.reporter_name or "",
            delivery.form_title or "区划名录",
            delivery.reported_period or "",
            delivery.file_name,
            f"{delivery.row_count:,}",
            "" if delivery.staged_table in personal_tables else number(delivery.amount),
        )
        for delivery in term.deliveries[:DELIVERIES_SHOWN]
    )
    return TracePageTerm(
        words=names[term.term] + _AGGREGATES[term.aggregate],
        amount=number(term.amount),
        row_count=term.row_count,
        deliveries=tuple(lines),
        delivery_count=len(term.deliveries),
        excerpts=tuple(excerpts),
    )


def number(value: Decimal | None) -> str:
    """Write a number with separators; nothing where there is none."""
    return "" if value is None else plain(value, thousands=True)
