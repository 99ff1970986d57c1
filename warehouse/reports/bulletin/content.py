"""The content of a bulletin as plain data: its text, chapters of lines with their breakdowns, and the comparison."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from schemas.indicator import Better, position_of_chapter
from warehouse.figures.status import STATUS_REASONS, STATUSES
from warehouse.reports.bulletin.breakdown import Breakdown, breakdowns_of, worth_plotting
from warehouse.reports.bulletin.cards import choose_cards
from warehouse.reports.bulletin.compare import Compared, compare
from warehouse.reports.bulletin.county_text import CountyText
from warehouse.reports.bulletin.figures import BulletinFigure, Version, YearOfFigures
from warehouse.reports.bulletin.lines import BulletinLine, line_of
from warehouse.reports.bulletin.printed import PrintedBulletin
from warehouse.reports.bulletin.prose import Material, Prose, write_prose

PLOTS_PER_CHAPTER = 2


@dataclass(frozen=True)
class CountyTouch:
    """What a county adds to its figures.

    text: its own words. cards: the indicators that the bulletin begins with. better: the good direction of
    indicators that have one, by code.
    """

    text: CountyText | None = None
    cards: tuple[str, ...] = ()
    better: Mapping[str, Better] = field(default_factory=dict)


@dataclass(frozen=True)
class Chapter:
    """A chapter of the bulletin. plots: the breakdowns that are plotted."""

    name: str
    lines: tuple[BulletinLine, ...]
    breakdowns: tuple[Breakdown, ...]
    plots: tuple[Breakdown, ...]


@dataclass(frozen=True)
class Bulletin:
    """The bulletin of a district and year.

    cards: what it begins with, most important first. compared: empty where no bulletin of the year was printed.
    """

    year: int
    district: str
    version: Version
    cards: tuple[BulletinLine, ...]
    prose: Prose
    chapters: tuple[Chapter, ...]
    compared: tuple[Compared, ...]

    @property
    def title(self) -> str:
        return f"{self.district}{self.year}年乡村振兴公报"

    @property
    def cut_off(self) -> str:
        at = datetime.fromisoformat(self.version.cut_off)
        return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"

    @property
    def statuses(self) -> dict[str, int]:
        """Number of lines by status, in words, without statuses that no line has."""
        counts = Counter(line.status for chapter in self.chapters for line in chapter.lines)
        return {status: counts[status] for status in STATUSES.values() if counts[status]}

    @property
    def closing(self) -> str:
        """What the text ends with: as of when its figures are, and what the words for those not final mean."""
        lines = [line for chapter in self.chapters for line in chapter.lines]
        final = sum(line.status == STATUSES["final"] for line in lines)
        written = {words for line in lines for words in (line.status, line.change_status)}
        reasons = "".join(
            f"注明“{STATUSES[status]}”的，{reason}。"
            for status, reason in STATUS_REASONS.items()
            if STATUSES[status] in written
        )
        return (
            f"本公报的数截止{self.cut_off}，共{len(lines)}项，终值{final}项。{reasons}"
            "增减按两年都报送的单位计算，与所公布的两年之差不同的，写明按可比口径。各数的准确值、口径、来源见附表。"
        )


def content_of(
    year_of_figures: YearOfFigures, printed: PrintedBulletin | None, county: CountyTouch | None = None
) -> Bulletin:
    """Lay out the content of a year's bulletin.

    printed: the bulletin of the same year, whose rules render values and with which they are compared.
    """
    county = county or CountyTouch()
    figures = _in_printed_order(year_of_figures.of_district, printed)
    indicators = year_of_figures.indicators
    names = {indicators[figure.indicator_code].chapter for figure in figures}
    chapters = tuple(
        _chapter(name, year_of_figures, figures, printed, county.better)
        for name in sorted(names, key=position_of_chapter)
    )
    cards = choose_cards((line for chapter in chapters for line in chapter.lines), county.cards)
    return Bulletin(
        year=year_of_figures.year,
        district=figures[0].division_name,
        version=year_of_figures.version,
        cards=cards,
        prose=_prose(year_of_figures, chapters, cards, county.text),
        chapters=chapters,
        compared=tuple(compare(printed.figures, indicators, year_of_figures.of_district) if printed else ()),
    )


def _prose(
    year_of_figures: YearOfFigures,
    chapters: Iterable[Chapter],
    cards: Sequence[BulletinLine],
    text: CountyText | None,
) -> Prose:
    """Write the text, also of chapters of which only the county's text or last year's figures speak."""
    lines = {chapter.name: chapter.lines for chapter in chapters}
    indicators = year_of_figures.indicators
    expected: dict[str, list[str]] = {}
    for code in sorted(year_of_figures.reported_before & indicators.keys()):
        expected.setdefault(indicators[code].chapter, []).append(code)
    names = {*lines, *expected, *(text.chapters if text else ())}
    year, district = year_of_figures.year, year_of_figures.of_district[0].division_name
    material = Material(
        chapters={name: lines.get(name, ()) for name in sorted(names, key=position_of_chapter)},
        cards=cards,
        expected=expected,
        names={code: indicator.indicator_name for code, indicator in indicators.items()},
        words={"年": str(year), "上年": str(year - 1), "区县": district},
    )
    return write_prose(material, text)


def _chapter(
    name: str,
    year_of_figures: YearOfFigures,
    figures: list[BulletinFigure],
    printed: PrintedBulletin | None,
    better: Mapping[str, Better],
) -> Chapter:
    """Lay out a chapter. figures: the district's of all chapters, in the order of the bulletin."""
    rules = {figure.indicator: figure.rule for figure in printed.figures} if printed else {}
    bases = Counter(figure.indicator_code for figure in figures)
    lines: list[BulletinLine] = []
    breakdowns: list[Breakdown] = []
    for figure in figures:
        code = figure.indicator_code
        indicator = year_of_figures.indicators[code]
        if indicator.chapter == name:
            basis = figure.basis if bases[code] > 1 else ""
            line = line_of(figure, indicator, rules.get(code), basis, better.get(code))
            alike = [
                f for f in year_of_figures.figures if (f.indicator_code, f.basis) == (code, figure.basis)
            ]
            lines.append(line)
            breakdowns.extend(breakdowns_of(line, year_of_figures.year, alike))
    return Chapter(
        name, tuple(lines), tuple(breakdowns), tuple(worth_plotting(breakdowns, PLOTS_PER_CHAPTER))
    )


def _in_printed_order(
    figures: Iterable[BulletinFigure], printed: PrintedBulletin | None
) -> list[BulletinFigure]:
    """Sort figures in the order of the printed bulletin, then the others by their codes."""
    order = [figure.indicator for figure in printed.figures] if printed else []
    position = {code: number for number, code in reversed(list(enumerate(order)))}
    return sorted(
        figures, key=lambda f: (position.get(f.indicator_code, len(order)), f.indicator_code, f.basis)
    )
