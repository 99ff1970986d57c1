"""One term of an indicator as the templates of figure models read it: its conditions, blanks, amount and window."""

import re
from dataclasses import dataclass
from datetime import date

import pandera.polars as pa

from schemas.field import Blank, Column, columns
from schemas.indicator import Indicator, Term
from warehouse.database.quoting import literal


@dataclass(frozen=True)
class Window:
    """How rows are placed in periods: by their deliveries, or by a date of their own.

    dated_by: the date column. since: the day that dates begin with, whatever the period; without it, the period's first.
    forms: those whose deliveries tell which periods there are, where a date places the rows. is_latest: of each
    reporter the last delivery in a period counts. held_with, carries: as of a term.
    """

    dated_by: str | None
    since: date | None
    forms: tuple[str, ...]
    is_latest: bool
    held_with: str | None = None
    carries: bool = False


@dataclass(frozen=True)
class FigureTerm:
    """A term of an indicator. name: `value`, `numerator` or `denominator`. table: that its rows are of."""

    indicator: Indicator
    name: str
    term: Term
    table: type[pa.DataFrameModel]

    @property
    def window(self) -> Window:
        """How its rows are placed in periods."""
        if self.term.dated_by is None:
            is_latest = self.term.over_time == "latest"
            return Window(None, None, (), is_latest, self.term.held_with, self.term.carries)
        return Window(self.term.dated_by, self.term.since, tuple(form for form, _ in self.term.needs), False)

    @property
    def condition(self) -> str:
        """What holds of a counted row; a row without the column's value gives nothing, so it is not counted."""
        where, column = self.term.where, self.term.column
        return where if self.term.aggregate == "count" else f"({where}) and {column} is not null"

    @property
    def blanks(self) -> dict[str, Blank]:
        """The columns that it reads and that may be blank as they are reported, each with what a blank says."""
        return {c.name: c.blank for c in columns(self.table) if c.blank and c.name in self.read_columns}

    @property
    def missing(self) -> str | None:
        """What holds of a row that counts, or may count, and lacks a value; None where a row always has it."""
        unknown = self.term.unknown or tuple(
            (name, f"{self._may_count_without(name)} and {name} is null") for name in self.blanks
        )
        lacks = [
            f"({condition} and missing_if_blank like {literal(f'%;{field};%')})"
            for field, condition in unknown
        ]
        return " or ".join(lacks) or None

    def _may_count_without(self, name: str) -> str:
        """Give what holds of a row that counts, or would with some value of a column that it lacks."""
        asks_for_blanks = re.search(rf"\b{name} is (not )?null", self.term.where)
        return "true" if asks_for_blanks else f"coalesce({self.term.where}, true)"

    @property
    def known(self) -> str | None:
        """What holds of a row that says a number, be it that there is none; None where every row does."""
        column = self.term.column
        blank = self.blanks.get(column)
        if self.term.aggregate != "sum" or blank is None:
            return None
        says_none = f" or missing_if_blank not like {literal(f'%;{column};%')}" if blank == "none" else ""
        return f"{column} is not null{says_none}"

    @property
    def read_columns(self) -> list[str]:
        """The columns of the table that it reads."""
        read = set(re.findall(r"\w+", f"{self.term.column} {self.term.where} {self.term.weight}"))
        return [c.name for c in columns(self.table) if c.name in read]

    @property
    def amount(self) -> str:
        """What a counted row gives."""
        weighted = f"{self.term.weight} * {self.term.column}" if self.term.weight else self.term.column
        number = f"coalesce({weighted}, 0)" if self.term.aggregate == "sum" else "1"
        return f"cast({number} as decimal(18,4))"

    @property
    def of_households(self) -> str | None:
        """The column that says of which households, or of how many, a counted row is; None where it is of none."""
        return self._column(self.term.column).of_households

    @property
    def counts_households(self) -> bool:
        """Whether that column counts households; else it is the key of one."""
        return self.of_households is not None and self._column(self.of_households).dtype.is_integer()

    def _column(self, name: str) -> Column:
        return next(column for column in columns(self.table) if column.name == name)
