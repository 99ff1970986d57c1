"""The terms of indicators as the templates of figure models read them: by fact, with what is added up of each."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from schemas.catalogue import Catalogue
from schemas.indicator import DIVISION_LIST, Grain
from warehouse.figures.term import FigureTerm, Window

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class WindowTerms:
    """Terms that share a window."""

    window: Window
    terms: tuple[FigureTerm, ...]

    @property
    def grains(self) -> list[Grain]:
        """The grains of the periods that any of the terms is for."""
        return sorted({grain for term in self.terms for grain in term.indicator.periods})


@dataclass(frozen=True)
class _OfOneReading:
    """Terms that one reading of a fact gives.

    dated_by: the date column that places its rows in time; without one, their deliveries do.
    """

    fact: str
    dated_by: str | None
    terms: tuple[FigureTerm, ...]

    @property
    def time(self) -> str:
        """The column that parts of figures have for what places them in time."""
        return "month_start_date" if self.dated_by else "delivery_id"

    @property
    def forms(self) -> list[str]:
        """The staged tables that feed the fact."""
        return sorted({form for term in self.terms for form, _ in term.term.needs})

    @cached_property
    def conditions(self) -> list[str]:
        """The different conditions of the terms."""
        return list(dict.fromkeys(term.condition for term in self.terms))

    @property
    def windows(self) -> list[WindowTerms]:
        """The terms by their windows."""
        by_window = _grouped((term.window, term) for term in self.terms)
        return [WindowTerms(window, terms) for window, terms in by_window.items()]

    def condition_of(self, term: FigureTerm) -> int:
        """Return the position of a term's condition."""
        return self.conditions.index(term.condition)


@dataclass(frozen=True)
class FactTerms(_OfOneReading):
    """The terms of one fact: what its rows add up to."""

    @property
    def name(self) -> str:
        """What its steps are named after."""
        return f"{self.fact}_by_{self.dated_by}" if self.dated_by else self.fact

    @cached_property
    def sums(self) -> list[tuple[int, str]]:
        """The different sums of the terms: the position of the condition, and what a counted row gives."""
        return list(dict.fromkeys(self._sum(term) for term in self.terms if term.term.aggregate == "sum"))

    @cached_property
    def missings(self) -> list[str]:
        """The different conditions under which a row of a term lacks a value."""
        return list(dict.fromkeys(term.missing for term in self.terms if term.missing))

    @cached_property
    def knowns(self) -> list[str]:
        """The different conditions under which a row says a number."""
        return list(dict.fromkeys(term.known for term in self.terms if term.known))

    @property
    def numbers(self) -> list[str]:
        """What is added up: an amount for each sum, rows for each condition, cells for what is missing and known."""
        rows = ("source_rows", "flagged_rows", "corrected_rows")
        return [
            *(f"amount_{number}" for number in range(len(self.sums))),
            *(f"{name}_{number}" for number in range(len(self.conditions)) for name in rows),
            *(f"missing_cells_{number}" for number in range(len(self.missings))),
            *(f"known_cells_{number}" for number in range(len(self.knowns))),
        ]

    @property
    def compared_numbers(self) -> list[str]:
        """Those of the numbers that are compared with the year before: all, where a growth has that year as a term."""
        if any(term.indicator.kind == "growth" for term in self.terms):
            return self.numbers
        counts = {self.condition_of(term) for term in self.terms if term.term.aggregate == "count"}
        return [f"amount_{number}" for number in range(len(self.sums))] + [
            f"source_rows_{number}" for number in sorted(counts)
        ]

    @property
    def carried_numbers(self) -> list[str]:
        """Those of the numbers of which it is told how much of them is carried on from an earlier date."""
        carries = any(term.term.carries for term in self.terms)
        return [f"amount_{number}" for number in range(len(self.sums))] if carries else []

    @property
    def units(self) -> tuple[str, ...]:
        """The columns that tell a unit from the next in both of two years; none where it is a place or stands alone."""
        config = self.terms[0].table.__config__
        series = tuple((config.metadata or {}).get("series", ())) if config else ()
        return () if self.dated_by or set(series) <= {"village_code"} else series

    @cached_property
    def readings(self) -> list[tuple[str, ...]]:
        """The different sets of columns that terms read."""
        return list(dict.fromkeys(tuple(term.read_columns) for term in self.terms))

    def reading_of(self, term: FigureTerm) -> int:
        """Return the position of the columns that a term reads."""
        return self.readings.index(tuple(term.read_columns))

    @property
    def unit_numbers(self) -> list[str]:
        """What is added up of units that both years have, for each of the two."""
        numbers = [f"amount_{number}" for number in range(len(self.sums))]
        numbers += [f"source_rows_{number}" for number in range(len(self.conditions))]
        return [f"{side}_{number}" for number in numbers for side in ("same", "same_previous")]

    def missing_of(self, term: FigureTerm) -> int | None:
        """Return the position of the condition under which a row of a term lacks a value."""
        return self.missings.index(term.missing) if term.missing else None

    def known_of(self, term: FigureTerm) -> int | None:
        """Return the position of the condition under which a row of a term says a number."""
        return self.knowns.index(term.known) if term.known else None

    def sum_of(self, term: FigureTerm) -> int:
        """Return the position of a term's sum."""
        return self.sums.index(self._sum(term))

    def _sum(self, term: FigureTerm) -> tuple[int, str]:
        return self.condition_of(term), term.amount


@dataclass(frozen=True)
class KeyTerms(_OfOneReading):
    """The terms that count the keys in one column of a fact. since: the day that they are counted from, whatever the period."""

    column: str
    since: date | None

    @property
    def name(self) -> str:
        """What its steps are named after."""
        since = f"_since_{self.since:%Y%m%d}" if self.since else ""
        return f"{self.column}_of_{self.fact}{f'_by_{self.dated_by}' if self.dated_by else ''}{since}"


@dataclass(frozen=True)
class FigureTerms:
    """All terms of the indicators of a catalogue, as templates read them."""

    catalogue: Catalogue

    @property
    def terms(self) -> list[FigureTerm]:
        """Every term, in the order of the indicators."""
        return [
            FigureTerm(indicator, name, term, self.catalogue.built[term.table])
            for indicator in self.catalogue.indicators.values()
            for name, term in indicator.terms
        ]

    @property
    def listed(self) -> list[FigureTerm]:
        """Those that count the divisions of a list, which is no fact."""
        return [term for term in self.terms if term.term.table == DIVISION_LIST]

    @property
    def reported(self) -> list[FigureTerm]:
        """Those that facts give."""
        return [term for term in self.terms if term.term.table != DIVISION_LIST]

    @property
    def facts(self) -> list[FactTerms]:
        """The terms that facts give, by fact and date column."""
        by_fact = _grouped(((term.term.table, term.term.dated_by), term) for term in self.reported)
        return [FactTerms(*fact, terms) for fact, terms in by_fact.items()]

    @property
    def keys(self) -> list[KeyTerms]:
        """The terms that count keys, by fact, date column, column and start."""
        by_column = _grouped(
            ((term.term.table, term.term.dated_by, term.term.column, term.window.since), term)
            for term in self.reported
            if term.term.aggregate == "count_distinct"
        )
        return [
            KeyTerms(fact, dated_by, terms, column, since)
            for (fact, dated_by, column, since), terms in by_column.items()
        ]


def _grouped(terms: Iterable[tuple[Key, FigureTerm]]) -> dict[Key, tuple[FigureTerm, ...]]:
    groups: dict[Key, tuple[FigureTerm, ...]] = {}
    for key, term in terms:
        groups[key] = (*groups.get(key, ()), term)
    return groups
