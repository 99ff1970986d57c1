"""What a bulletin says, as plain data: chapters of figures with their breakdowns, and the comparison."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from warehouse.reports.bulletin.breakdown import Breakdown, breakdowns_of, worth_plotting
from warehouse.reports.bulletin.compare import Compared, compare
from warehouse.reports.bulletin.figures import BulletinFigure, Version, YearOfFigures
from warehouse.reports.bulletin.lines import STATUSES, BulletinLine, line_of
from warehouse.reports.bulletin.printed import PrintedBulletin

CHAPTERS = ("党建与治理", "特优农业", "乡村建设", "增收与金融")
PLOTS_PER_CHAPTER = 2
HIGHLIGHTS_PER_CHAPTER = 3


@dataclass(frozen=True)
class Chapter:
    """plots: those of the breakdowns that are worth one."""

    name: str
    lines: tuple[BulletinLine, ...]
    breakdowns: tuple[Breakdown, ...]
    plots: tuple[Breakdown, ...]


@dataclass(frozen=True)
class Bulletin:
    """compared: empty where no bulletin of the year was printed."""

    year: int
    district: str
    version: Version
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
        """How many figures have each status, in words; those that none has are left out."""
        counted = Counter(line.status for chapter in self.chapters for line in chapter.lines)
        return {words: counted[words] for words in STATUSES.values() if counted[words]}

    @property
    def highlights(self) -> list[BulletinLine]:
        """A few lines of each chapter for the top of the page."""
        return [line for chapter in self.chapters for line in _highlights(chapter.lines)]


def content_of(found: YearOfFigures, printed: PrintedBulletin | None) -> Bulletin:
    """printed: the bulletin of the same year, by whose rules values are said and with which they are compared."""
    figures = _in_printed_order(found.of_district, printed)
    names = {found.indicators[figure.indicator_code].chapter for figure in figures}
    return Bulletin(
        year=found.year,
        district=figures[0].division_name,
        version=found.version,
        chapters=tuple(
            _chapter(name, found, figures, printed) for name in sorted(names, key=_place_of_chapter)
        ),
        compared=tuple(compare(printed.figures, found.indicators, found.of_district) if printed else ()),
    )


def _chapter(
    name: str, found: YearOfFigures, figures: list[BulletinFigure], printed: PrintedBulletin | None
) -> Chapter:
    rules = {one.indicator: one.rule for one in printed.figures} if printed else {}
    bases = Counter(figure.indicator_code for figure in figures)
    lines: list[BulletinLine] = []
    breakdowns: list[Breakdown] = []
    for figure in figures:
        code = figure.indicator_code
        indicator = found.indicators[code]
        if indicator.chapter == name:
            basis = figure.basis if bases[code] > 1 else ""
            line = line_of(figure, indicator, rules.get(code), basis)
            alike = [f for f in found.figures if (f.indicator_code, f.basis) == (code, figure.basis)]
            lines.append(line)
            breakdowns.extend(breakdowns_of(line, found.year, alike))
    return Chapter(
        name, tuple(lines), tuple(breakdowns), tuple(worth_plotting(breakdowns, PLOTS_PER_CHAPTER))
    )


def _in_printed_order(
    figures: Iterable[BulletinFigure], printed: PrintedBulletin | None
) -> list[BulletinFigure]:
    """As the bulletin tells them, then the others by their codes."""
    order = [one.indicator for one in printed.figures] if printed else []
    place = {code: number for number, code in reversed(list(enumerate(order)))}
    return sorted(figures, key=lambda f: (place.get(f.indicator_code, len(order)), f.indicator_code, f.basis))


def _place_of_chapter(name: str) -> tuple[int, str]:
    return (CHAPTERS.index(name) if name in CHAPTERS else len(CHAPTERS), name)


def _highlights(lines: Iterable[BulletinLine]) -> list[BulletinLine]:
    """What can be compared with last year first; then one of each form, and amounts before counts and shares."""
    said = sorted(
        (line for line in lines if line.value is not None and line.kind != "definition"),
        key=lambda line: (line.change is None, line.unit != "元"),
    )
    first_of_form = {line.form: line for line in reversed(said)}
    said.sort(key=lambda line: (line.change is None, first_of_form[line.form] is not line))
    return said[:HIGHLIGHTS_PER_CHAPTER]
