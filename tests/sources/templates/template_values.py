"""Valid rows of any form, drawn from what contract and table say; and values that break one column's rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from random import Random
from string import ascii_letters, digits
from typing import Any

import pandera.polars as pa
import polars as pl
from hypothesis import strategies as st

from sample.district.people import credit_code, id_number, with_wrong_check
from sample.forms.village_class import CLASSIFIED_ON
from schemas.field import Column, columns
from schemas.forms.income_survey import COMPONENTS
from schemas.lineage import Staged
from schemas.validate import split
from sources.county.contract import Contract, TextContract, WorkbookContract
from sources.county.lists.reporters import Reporter
from sources.county.places import Division
from sources.county.references import References
from sources.layout.settle import PERIOD_EXAMPLES, PeriodText, settle_period
from sources.templates.choices import TOWNSHIP, columns_of, own_division, township_field
from sources.templates.limits import Limits, limits
from sources.text.period import period_end
from sources.text.values import is_missing

Row = dict[str, Any]
"""Typed values by field; a place is its code."""

_TYPED = st.characters(
    min_codepoint=0x4E00,
    max_codepoint=0x9FA5,
    include_characters=f"{ascii_letters}{digits}-_/.+()[]〔〕、·",
)
"""What clerks type and a sheet can hold: no control characters, nothing that reading narrows."""

_FREE_TEXT = st.text("河湾石佛人家园林果蔬农场酒坊AaZz09", min_size=1, max_size=12)
_EARLIEST = date(2000, 1, 1)
_SEEDS = st.integers(0, 2**32)


@dataclass(frozen=True, eq=False, repr=False)
class Form:
    """One contract and a reporter who sends it, for the period that serves as the example."""

    contract: Contract
    reporter: Reporter
    references: References

    def __repr__(self) -> str:
        return self.contract.name

    @property
    def workbook_contract(self) -> WorkbookContract:
        assert isinstance(self.contract, WorkbookContract)
        return self.contract

    @property
    def text_contract(self) -> TextContract:
        assert isinstance(self.contract, TextContract)
        return self.contract

    @property
    def period_text(self) -> str:
        return PERIOD_EXAMPLES[self.contract.grain]

    @property
    def period(self) -> str:
        period, reasons = settle_period(self.contract, [PeriodText("报告期", self.period_text)], "")
        assert reasons == []
        return period

    @property
    def last_day(self) -> date:
        return period_end(self.period)

    @property
    def places_on(self) -> date:
        return self.contract.places.on or self.last_day

    @property
    def model(self) -> type[pa.DataFrameModel]:
        return self.references.tables[self.contract.table]

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of the table that the form fills."""
        table = self.references.columns_to_fill(self.contract.table)
        return [column for column in columns_of(self.contract, table) if column.name != TOWNSHIP]

    @cached_property
    def divisions(self) -> dict[str, Division]:
        """Every place by its code."""
        return {place.code: place for place in self.references.places.inside("any", None, self.places_on)}

    def limits(self, column: Column) -> Limits:
        return limits(self.model, column)

    def places(self, column: Column) -> list[str]:
        """The codes that a column's names can stand for."""
        return [
            place.code
            for place in self.references.places.inside(
                column.place or "", own_division(self.reporter), self.places_on
            )
        ]

    def typed(self, rows: list[Row]) -> pl.DataFrame:
        """Rows as the table has them, blanks as the contract reads them, before persons are hashed."""
        schema = {column.name: column.dtype for column in columns(self.model)}
        lineage = {c.name: "x" if c.dtype == pl.String else 1 for c in columns(Staged)}
        blank = dict.fromkeys(schema) | lineage | {"period": self.period, "flags": None}
        meanings = {name: texts[""] for name, texts in self.contract.values.items() if "" in texts}
        frame = pl.DataFrame([blank | row for row in rows], schema=schema, orient="row")
        return frame.with_columns(pl.col(name).fill_null(meaning) for name, meaning in meanings.items())

    def valid(self, rows: list[Row]) -> list[Row]:
        """The rows that no rule rejects, and whose places lie in the township that they name."""
        rows = [row for row in rows if self._lies_in_its_township(row)]
        if not rows:
            return []
        absent = frozenset(c.name for c in columns(self.model)) - {c.name for c in self.columns}
        reasons = split(self.typed(rows), self.model, absent=absent, unique=False).reasons
        rejected = set(reasons.filter(pl.col("severity") == "reject")["index"])
        return [row for at, row in enumerate(rows) if at not in rejected]

    def _lies_in_its_township(self, row: Row) -> bool:
        named = township_field(self.contract)
        inside = [row[c.name] for c in self.columns if c.place and c.name != named and row[c.name]]
        return named is None or all(self.divisions[code].parent_code == row[named] for code in inside)


COMPLETED: dict[str, Callable[[Row], Row]] = {
    "village_class": lambda row: row | {"basis_date": CLASSIFIED_ON},
    "income_survey": lambda row: row | {"disposable_income_yuan": sum(row[name] for name in COMPONENTS)},
}
"""By table, what makes a drawn row one that chance would hardly ever draw."""


def records(form: Form, at_least: int, at_most: int) -> st.SearchStrategy[list[Row]]:
    """Valid rows with keys of their own: more are drawn than the rows' rules leave."""
    drawn = st.fixed_dictionaries({column.name: values(form, column) for column in form.columns})
    drawn = drawn.map(COMPLETED.get(form.contract.table, dict))
    pool = st.lists(drawn, min_size=8, max_size=16).map(form.valid).filter(bool)
    of_key = [column for column in form.columns if column.key]
    key = st.fixed_dictionaries({column.name: values(form, column) for column in of_key})
    # by name: the dictionaries that are drawn have their entries in any order
    unique_by = itemgetter(*(column.name for column in of_key))
    keys = st.lists(key, min_size=at_least, max_size=at_most, unique_by=unique_by)
    joined = st.builds(lambda pool, keys: _valid_under(form, pool, keys), pool, keys)
    return joined.filter(lambda rows: len(rows) >= at_least)


def _valid_under(form: Form, pool: list[Row], keys: list[Row]) -> list[Row]:
    """Each key with the next row that is valid under it; a key under which none is goes without."""
    rows = []
    for at, key in enumerate(keys):
        turned = pool[at % len(pool) :] + pool[: at % len(pool)]
        rows += form.valid([row | key for row in turned])[:1]
    return rows


def keyed(pool: list[Row], keys: list[Row]) -> list[Row]:
    """As many rows as there are keys."""
    return [pool[at % len(pool)] | key for at, key in enumerate(keys)]


def values(form: Form, column: Column) -> st.SearchStrategy[Any]:
    """Valid values of a column; None too where it may be blank."""
    filled = _filled_in(form, column, form.limits(column))
    return filled if form.contract.needs(column) else st.none() | filled


def _filled_in(form: Form, column: Column, within: Limits) -> st.SearchStrategy[Any]:
    lower: Any = within.lower
    upper: Any = within.upper
    if column.place:
        return st.sampled_from(form.places(column))
    if column.allowed:
        return st.sampled_from(column.allowed)
    if column.dtype == pl.Boolean:
        return st.booleans()
    if column.dtype == pl.Date:
        return st.dates(lower or _EARLIEST, upper or form.last_day)
    if isinstance(column.dtype, pl.Decimal):
        most = Decimal(10) ** min(column.dtype.precision - column.dtype.scale - 1, 10)
        bounds: dict[str, Any] = {
            "min_value": -most if lower is None else lower,
            "max_value": most if upper is None else upper,
        }
        return st.decimals(**bounds, places=column.dtype.scale)
    if column.dtype.is_numeric():
        return st.integers(-(10**9) if lower is None else int(lower), 10**9 if upper is None else int(upper))
    texts = _texts(column, within)
    if column.is_identifier:  # which has one spelling, and no O that may be a zero
        texts = texts.map(lambda text: text.upper().replace("O", "A"))
    return texts.filter(lambda text: not is_missing(text))


def _texts(column: Column, within: Limits) -> st.SearchStrategy[str]:
    if make := _with_check_character(column):
        return _SEEDS.map(lambda seed: make(Random(seed)))
    if within.pattern is not None:
        return st.from_regex(within.pattern, fullmatch=True, alphabet=_TYPED)
    if within.length is not None:
        least, most = within.length
        return (
            st.lists(_FREE_TEXT, min_size=least, max_size=least + 3)
            .map("".join)
            .map(lambda text: text[:most])
        )
    return _FREE_TEXT


def _with_check_character(column: Column) -> Any:
    """What makes numbers of no region that check, for a column that holds such."""
    if column.pii == "id_number":
        return id_number
    return credit_code if column.name.endswith("credit_code") else None


def faults(form: Form, column: Column) -> list[Any]:
    """Values that each break a rule of a column in any layout; None is a cell left blank."""
    within = form.limits(column)
    wrong: list[Any] = [None] if form.contract.needs(column) else []
    if column.place:
        wrong.append("没有这个地方")
    elif column.allowed:
        takes_any_text = "*" in form.contract.values.get(column.name, {})
        wrong += [] if takes_any_text else ["没有这一项"]
    elif column.dtype == pl.Boolean:
        wrong.append("也许")
    elif column.dtype == pl.Date:
        wrong += ["不是日期", "2022-13-01"]
    elif column.dtype.is_numeric():
        wrong += ["不是数", *_beyond(column, within)]
        wrong += [] if isinstance(column.dtype, pl.Decimal) else [1.5]
    else:
        wrong += _wrong_texts(column, within)
    return wrong


def _beyond(column: Column, within: Limits) -> list[Decimal]:
    step = Decimal(1).scaleb(-column.dtype.scale if isinstance(column.dtype, pl.Decimal) else 0)
    bounds: list[tuple[Any, Decimal]] = [(within.lower, -step), (within.upper, step)]
    return [bound + beyond for bound, beyond in bounds if bound is not None]


def _wrong_texts(column: Column, within: Limits) -> list[str]:
    wrong = ["?"] if within.pattern is not None else []
    if within.length is not None:
        least, most = within.length
        wrong += ["村" * (least - 1)] * (least > 1) + ["村" * ((most or 0) + 1)] * (most is not None)
    if make := _with_check_character(column):
        wrong.append(with_wrong_check(make(Random(1))))
    return wrong
