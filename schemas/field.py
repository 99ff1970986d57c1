"""Fields of tables, declared once: type, title, description, unit, key, reference, personal data.

From them come parsing types, row rules, DDL and comments, Dagster column schemas, templates and the
data dictionary. A table is a `pandera.polars.DataFrameModel` whose fields are made with `field`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

import pandera.polars as pa
import polars as pl

Yuan = Annotated[pl.Decimal, 18, 2]
"""Money, in yuan, to the cent."""

Pct = Annotated[pl.Decimal, 9, 4]
"""A percentage, 0 to 100."""

ChangePct = Annotated[pl.Decimal, 18, 2]
"""A change in percent of what it was before; can be negative, and beyond 100."""

Pii = Literal["id_number", "hash"]
"""`id_number`: check digit verified, then staged as a keyed hash; `hash`: staged as a keyed hash."""

Unwatched = Literal[
    "paid_down", "computed", "closed_list", "small_counts", "honestly_wide", "same_note_compared", "weight"
]
"""Why a number is not held against others: outliers among such numbers would be no news."""

Blank = Literal["none", "missing", "not_applicable"]
"""What a blank cell says: that there is none; nothing, as the number or word is missing; or that the field is not for
such rows."""

Place = Literal[
    "village", "community", "village_level", "township", "township_level", "subdistrict", "zone", "county", "any"
]  # fmt: skip
"""The level at which a reported place name is looked up in the division list: villages and communities
are `village_level`; townships and towns are `township`, and with the subdistricts and zones `township_level`. A `zone`
is what is like a township: a state farm or forest, a development zone."""


FEWEST_HOUSEHOLDS = 5
"""A number of households that are fewer than these, and not none, is suppressed wherever it leaves the home."""

EXEMPT_LEVEL = "county"
"""The level of division whose numbers are never suppressed; all below it are."""


def field(
    title: str,
    *,
    description: str,
    unit: str | None = None,
    key: bool = False,
    references: str | None = None,
    pii: Pii | None = None,
    place: Place | None = None,
    nullable: bool = False,
    blank: Blank | None = None,
    blank_only_if_absent: bool = False,
    watch: tuple[int, ...] = (),
    unwatched: Unwatched | None = None,
    of_households: str | None = None,
    figure: str | None = None,
    withheld: bool = False,
    **checks: Any,
) -> Any:
    """Declare a field of a table.

    title: its Chinese name, as a clerk or analyst reads it. unit: unit of measure, in Chinese.
    key: part of the table's key. references: `table.column` that its values must exist in.
    place: text is resolved to a 12-digit division code of this level.
    blank: what a blank cell says, of a field that may be null as it is reported.
    blank_only_if_absent: may be null only where the delivery's layout has no such column.
    watch: of a number that is held against its history and its peers, the factors at which a wrong unit is suspected
    instead of an actual change. unwatched: why a number is not.
    of_households: of a number on households, the field of the same row that counts them, or that is the key of one.
    figure: of a mart, the indicator whose figure the numbers of a division and period are, or add up to. withheld: of a
    number whose differences would give back what is suppressed: it does not leave
    the home. In a mart's Config, `placed` names the columns of its division and period, or None for the latest year.
    checks: pandera's own (`ge`, `isin`, `str_matches`, …); each is a row rule `<field>__<check>`.
    """
    metadata = {
        "unit": unit,
        "key": key,
        "references": references,
        "pii": pii,
        "place": place,
        "blank": "not_applicable" if blank_only_if_absent else blank,
        "blank_only_if_absent": blank_only_if_absent,
        "watch": watch,
        "unwatched": unwatched,
        "of_households": of_households,
        "figure": figure,
        "withheld": withheld,
    }
    return pa.Field(
        title=title,
        description=description,
        nullable=nullable or blank is not None or blank_only_if_absent,
        metadata=metadata,
        **checks,
    )


@dataclass(frozen=True)
class Column:
    """A declared field of a table. allowed: the values of a closed list, None where any are."""

    name: str
    dtype: pl.DataType
    title: str
    description: str
    unit: str | None
    key: bool
    references: str | None
    pii: Pii | None
    place: Place | None
    nullable: bool
    blank: Blank | None
    blank_only_if_absent: bool
    watch: tuple[int, ...]
    unwatched: Unwatched | None
    allowed: tuple[str, ...] | None
    of_households: str | None = None
    figure: str | None = None
    withheld: bool = False

    @property
    def is_identifier(self) -> bool:
        """Whether it is a number or code by which something is known: one in any case of its letters."""
        return self.name.endswith(("_number", "_code", "_key", "_serial")) and self.place is None

    @property
    def is_free_text(self) -> bool:
        """Whether it is a text of its own: no word of a closed list, no place."""
        return self.dtype == pl.String and self.allowed is None and self.place is None

    @property
    def ends(self) -> bool:
        """Whether it is the day on which something ends, so that there may be none yet."""
        return self.name.endswith(
            ("_end_date", "_to_date", "due_date", "closed_date", "cleared_date", "completed_date")
        )

    @property
    def sql_type(self) -> str:
        """The type in DuckDB; Spark understands the same names, but would not TEXT."""
        return sql_type(self.dtype)

    @property
    def comment(self) -> str:
        """Title, unit and description in one line, as COMMENT ON carries them."""
        unit = f"（{self.unit}）" if self.unit else ""
        return f"{self.title}{unit}：{self.description}"


@cache
def columns(model: type[pa.DataFrameModel]) -> tuple[Column, ...]:
    """Read the fields of a table in their declared order. Raises TypeError for one not made with `field`."""
    declared = []
    for name, column in model.to_schema().columns.items():
        metadata = dict(column.metadata or {})
        if not column.title or not column.description:
            raise TypeError(f"{model.__name__}.{name}: declare it with field(title, description=…)")
        declared.append(
            Column(
                name=name,
                dtype=column.dtype.type,
                title=column.title,
                description=column.description,
                nullable=column.nullable,
                allowed=_allowed_values(column.checks),
                **metadata,
            )
        )
    return tuple(declared)


def _allowed_values(checks: list[pa.Check]) -> tuple[str, ...] | None:
    for check in checks:
        if check.name == "isin":
            return tuple((check.statistics or {})["allowed_values"])
    return None


def polars_schema(model: type[pa.DataFrameModel]) -> dict[str, pl.DataType]:
    """Return column names and polars types, for an empty frame of the table."""
    return {column.name: column.dtype for column in columns(model)}


_SQL_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "varchar",
    pl.Int16: "smallint",
    pl.Int32: "integer",
    pl.Int64: "bigint",
    pl.Float64: "double",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Datetime: "timestamp",
}


def sql_type(dtype: pl.DataType) -> str:
    """Return the DuckDB type for a polars type. Raises TypeError for a type that no table may use."""
    if isinstance(dtype, pl.Decimal):
        return f"decimal({dtype.precision},{dtype.scale})"
    for known, name in _SQL_TYPES.items():
        if dtype == known:
            return name
    raise TypeError(f"no SQL type is agreed for {dtype}")
