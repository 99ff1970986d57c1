"""The bulletin as a page of HTML that refers to nothing outside itself."""

from decimal import Decimal
from functools import partial

from warehouse.figures.status import STATUSES
from warehouse.reports import plots
from warehouse.reports.bulletin.breakdown import BY_WORDS, grids
from warehouse.reports.bulletin.cards import TURN_WORDS
from warehouse.reports.bulletin.compare import VERDICTS, Compared
from warehouse.reports.bulletin.content import Bulletin
from warehouse.reports.bulletin.lines import NO_VALUE, BulletinLine, change_words, exact_words
from warehouse.reports.bulletin.sentences import value_words
from warehouse.reports.page_template import page_template
from warehouse.reports.rendering import plain
from warehouse.reports.traces.address import trace_address


def to_html(bulletin: Bulletin, *, traced: bool = False) -> str:
    """Render the whole page. traced: with links to the trace page of each figure."""
    filters = {"change": change_words, "number": _number, "in_text": _in_text}
    return page_template("warehouse.reports.bulletin", "bulletin.html.j2", filters).render(
        bulletin=bulletin,
        trace_address=trace_address if traced else None,
        href=partial(href_of, year=bulletin.year, traced=traced),
        exact=exact_words,
        grids=grids,
        by_words=BY_WORDS,
        plot=plots.svg,
        turn_words=TURN_WORDS,
        verdict_words=VERDICTS,
        verdict_counts=_verdict_counts(bulletin.compared),
        statuses=STATUSES,
    )


def href_of(line: BulletinLine, *, year: int, traced: bool) -> str:
    """Return where a figure of the text leads: to its trace page where there is one, else to its line in the annex."""
    return trace_address(year, line.code, line.basis) if traced else f"#{line.anchor}"


def _in_text(line: BulletinLine) -> str:
    return NO_VALUE if line.value is None else value_words(line, line.value)


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value, thousands=True)


def _verdict_counts(compared: tuple[Compared, ...]) -> dict[str, int]:
    counts = {verdict: sum(row.verdict == verdict for row in compared) for verdict in VERDICTS}
    return {verdict: count for verdict, count in counts.items() if count}
