"""Definitions of indicators: a filter and an aggregate over one table per term, and what the figure means.

From them come `mart_figure`, the rows that a figure is traced to, `dim_indicator` and the bulletin's footnotes.
Conditions and expressions are SQL that DuckDB and Spark share, over the columns of the term's table.
"""

from dataclasses import KW_ONLY, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from schemas.files.strict import Strict
from schemas.files.toml_file import TomlFile

CHAPTERS = ("党建与治理", "特优农业", "乡村建设", "增收与金融")
"""Chapters of a bulletin, in their order; a county's own come after them."""

Grain = Literal["year", "quarter", "month"]


def position_of_chapter(name: str) -> tuple[int, str]:
    """Give the key by which chapters are sorted: the known in their order, then others by name."""
    return (CHAPTERS.index(name) if name in CHAPTERS else len(CHAPTERS), name)


Kind = Literal["stock", "flow", "ratio", "growth", "definition"]
Aggregate = Literal["sum", "count", "count_distinct"]
OverTime = Literal["sum", "latest", "to_date"]
Needs = Literal["every", "last"]
Better = Literal["more", "less"]

LOANS_SINCE, CLASSIFICATION_DATE, CLASSIFICATION_LIST = (
    "{loans_since}",
    "{classification_date}",
    "{classification_list}",
)
"""In definitions, and as a basis: what `schemas.county.indicators` fills in from the county's own terms."""

GOOD_DIRECTIONS = Path(__file__).with_name("good_directions.toml")
DIVISION_LIST = "dim_division"
"""The only table of a term that is no fact: divisions are counted in the list itself, on each basis that it has."""


@dataclass(frozen=True)
class Term:
    """One aggregate over one fact.

    column: summed, counted distinct, or for a count the column whose cell shows why the row counts. weight:
    the column by which each row's value is multiplied before it is summed, as in a sample survey.
    over_time: how the rows of a period make the figure: `sum` adds all up; `latest` adds up the last delivery
    of each reporter, as for stocks and for amounts that are cumulative within the year; `to_date` adds up all
    rows from `since` to the end of the period, the county's own day where none is given.
    dated_by: the date column that places a row in time; without it, the period of its delivery does.
    cell: the staged field whose cell is shown, as an SQL expression; without it, the column's own name.
    forms: the staged tables that feed the fact, each with whether `every` delivery of a period is needed for
    a complete figure, or only the `last`. reporter: its code, where the figure is of a single reporter, whose
    rows `where` chooses. held_with: the staged table of a ratio's other term: only of reporters whose last delivery of
    both is of the same day does anything count. carries: whether a reporter's last delivery stands until its next is
    due, as a balance does. unknown: by staged field, the condition of a row that may count and of which it is not known;
    without it, the fields that are read and may be blank.
    """

    table: str
    aggregate: Aggregate
    column: str
    where: str = "true"
    weight: str | None = None
    over_time: OverTime = "latest"
    dated_by: str | None = None
    since: date | None = None
    cell: str | None = None
    forms: tuple[tuple[str, Needs], ...] = ()
    reporter: str | None = None
    held_with: str | None = None
    carries: bool = False
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def needs(self) -> tuple[tuple[str, Needs], ...]:
        """`forms`, or the staged table of the fact's own name where none is given."""
        if self.table == DIVISION_LIST:
            return ()
        every: Needs = "every" if self.over_time == "sum" else "last"
        return self.forms or ((self.table.removeprefix("fact_"), every),)

    @property
    def formula(self) -> str:
        """The aggregate in words of SQL, as analysts read it."""
        summand = f"{self.weight} * {self.column}" if self.weight else self.column
        aggregate = {
            "sum": f"sum({summand})",
            "count": "count(*)",
            "count_distinct": f"count(distinct {self.column})",
        }[self.aggregate]
        return f"{aggregate} from {self.table}" + (f" where {self.where}" if self.where != "true" else "")


@dataclass(frozen=True)
class Indicator:
    """A named, defined figure.

    definition: what it counts and what it does not, in Chinese; source: where the definition comes from;
    form: the titles of the forms, or the name of the list, that feed it.
    periods: the grains of period that it is computed for. denominator: of a ratio, which is in percent where
    its unit is %. A growth is its value over that of the year before, less one, in percent: its rows are those
    of both years. disputed: why the definition or the printed figure is in dispute. basis: the year of the
    list of divisions that its rows were placed on, where that is not each period's own. better: which way of it is good,
    as good_directions.toml has it of the stock's. What the indicators of a
    form share goes by name: `partial(Indicator, chapter=…, source=…, form=…)` gives it once.
    """

    code: str
    name: str
    name_en: str
    unit: str
    kind: Kind
    definition: str
    value: Term
    denominator: Term | None = None
    _: KW_ONLY
    chapter: str
    source: str
    form: str
    periods: tuple[Grain, ...] = ("year",)
    disputed: str | None = None
    basis: str = "period"
    better: Better | None = None

    def __post_init__(self) -> None:
        if (self.kind == "ratio") != (self.denominator is not None):
            raise ValueError(f"{self.code}: a ratio, and nothing else, has a denominator")
        if self.kind == "growth" and (self.unit != "%" or self.value.table == DIVISION_LIST):
            raise ValueError(f"{self.code}: a growth is of what is reported, and told in percent")
        if any(term.over_time != "to_date" and term.since is not None for _, term in self.terms):
            raise ValueError(f"{self.code}: no other than a term to date says since when")
        if any(term.since is not None and term.since.day != 1 for _, term in self.terms):
            raise ValueError(
                f"{self.code}: a term to date begins with a month, as its rows are added up by month"
            )

    @property
    def terms(self) -> tuple[tuple[str, Term], ...]:
        """Terms by name: `value`, or `numerator` and `denominator`."""
        if self.denominator is None:
            return (("value", self.value),)
        return (("numerator", self.value), ("denominator", self.denominator))

    @property
    def years(self) -> tuple[str, ...]:
        """Years whose rows are used: the period's own, for a growth also the one before."""
        return ("current", "previous") if self.kind == "growth" else ("current",)

    @property
    def adds_up_over_divisions(self) -> bool:
        """Whether the figures of townships, and what lies in none of them, make the county's."""
        return self.kind in ("stock", "flow") and self.value.aggregate != "count_distinct"

    @property
    def adds_up_over_time(self) -> bool:
        """Whether the figures of months make those of quarters and years."""
        return self.adds_up_over_divisions and self.value.over_time == "sum"

    @property
    def formula(self) -> str:
        """The terms in words of SQL."""
        formula = " / ".join(term.formula for _, term in self.terms)
        return f"{formula}; over the same of the year before, - 1" if self.kind == "growth" else formula


class GoodDirections(Strict):
    """The indicators of which more is good, and those of which less is."""

    more: frozenset[str]
    less: frozenset[str]

    def of(self, code: str) -> Better | None:
        """Return which way of an indicator is good, None where neither is."""
        return "more" if code in self.more else "less" if code in self.less else None


def read_good_directions() -> GoodDirections:
    """Read the good directions of the stock's indicators."""
    return TomlFile(GOOD_DIRECTIONS, "指标的好方向").make(GoodDirections)
