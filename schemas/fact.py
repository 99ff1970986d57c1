"""Facts that are a staged table's rows, placed and dated: derived from the table, never written out.

Put here: how a fact's columns and key follow from its staged table. Keep out: facts that are more than that; they
have a class of their own in `schemas/forms` and a model in `warehouse/models/fact`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal

import pandera.polars as pa
import polars as pl

from schemas.field import Column, columns
from schemas.field import field as declare
from schemas.lineage import FactLineage, FactLineageByRow, Staged, StagedByRow

ORG = "org"
"""The place of the party organisation that a row names."""

REPORTER = "reporter"
"""The place of whoever reports; of a bureau or a bank it is in no township."""

REPORTING_TOWNSHIP = "reporting_township"
"""The township that reports."""


@dataclass(frozen=True)
class ReporterColumn:
    """The column that says who reported a row."""

    name: str
    title: str
    description: str
    references: str


REPORTER_COLUMN = ReporterColumn(
    "reporter_code", "填报单位代码", "报送该行的单位", "dim_reporter.reporter_code"
)
INSTITUTION_COLUMN = ReporterColumn(
    "institution_code", "机构代码", "报送的金融机构", "dim_institution.institution_code"
)

Period = Literal["year", "half", "quarter", "month", "ten_days"]

_PARTS: dict[Period, tuple[str, ...]] = {
    "year": ("year",),
    "half": ("year", "half"),
    "quarter": ("year", "quarter"),
    "month": ("year", "month"),
    "ten_days": ("year", "month", "ten_days"),
}
_EXAMPLES: dict[Period, str] = {
    "year": "2022", "half": "2022-H1", "quarter": "2022-Q3", "month": "2022-06", "ten_days": "2022-06-D1",
}  # fmt: skip
_PART_FIELDS: dict[str, tuple[Any, str, str]] = {
    "year": (pl.Int32, "年", "报告年"),
    "half": (pl.Int32, "半年", "报告的半年，1 上半年、2 下半年"),
    "quarter": (pl.Int32, "季", "报告季，1 至 4"),
    "month": (pl.Int32, "月", "报告月，1 至 12"),
    "ten_days": (pl.Int32, "旬", "报告旬，1 上旬、2 中旬、3 下旬"),
}


@dataclass(frozen=True)
class Fact:
    """A fact that follows from its staged table.

    title: its Chinese name; grain: what a row is, in Chinese. period: the grain of its reports. place: where a row
    lies, tried in order: a field with a village, township or grid code, ORG, REPORTER, REPORTING_TOWNSHIP.
    keyed_by_reporter: whether two reporters may have rows of the same key. keyed_by_period: whether its key names
    the period instead of its parts. reporter: the column that says who reported.
    left_out: fields that it does not carry on; a field that only says where a row lies is not either.
    keeps: such a field that is carried on all the same. series: the columns that tell time series apart, none where
    each row stands alone. peers: columns that rows must share, beside their period, to be compared. season_peers: how
    many peers every period needs for its effect on all of them to be taken out first.
    """

    staged: type[Staged]
    title: str
    grain: str
    period: Period = "year"
    place: tuple[str, ...] = (REPORTER,)
    keyed_by_reporter: bool = False
    keyed_by_period: bool = False
    reporter: ReporterColumn = REPORTER_COLUMN
    left_out: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    season_peers: int | None = None
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """The table's name: fact_grid of StagedGrid."""
        return f"fact_{snake_case(self.staged.__name__).removeprefix('staged_')}"

    @property
    def staged_name(self) -> str:
        """The relation that it is built from."""
        return snake_case(self.staged.__name__)

    @property
    def parts(self) -> tuple[str, ...]:
        """The columns that its period falls into."""
        return _PARTS[self.period]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its rows apart."""
        return tuple(column.name for column in columns(self.table) if column.key)

    @property
    def is_keyed_by_row(self) -> bool:
        """Whether its rows have no key of their own: then it is their place, and who reported them for which period."""
        return issubclass(self.staged, StagedByRow)

    @property
    def has_township(self) -> bool:
        """Whether its rows lie in townships, or those without a place at the reporter's."""
        return self.place[0] != REPORTER

    @property
    def township_may_be_none(self) -> bool:
        """Whether a row can lie in no township: at a reporter of the county."""
        return REPORTER in self.place

    @property
    def names_org(self) -> bool:
        """Whether its rows name a party organisation, and carry the key of its version at the end of their period."""
        return "org_code" in {column.name for column in columns(self.staged)}

    @property
    def carried(self) -> tuple[Column, ...]:
        """The fields of the staged table that it carries on, in their order."""
        lineage = {column.name for column in columns(Staged)}
        places = {name for name in self.place if name not in _PLACES} | {"township_code"} - set(self.keeps)
        return tuple(
            column
            for column in columns(self.staged)
            if column.name not in lineage
            and column.name not in self.left_out
            and (column.key or column.name in self.keeps or column.name not in places)
        )

    @cached_property
    def table(self) -> type[pa.DataFrameModel]:
        """The table of the fact, as a model."""
        fields: dict[str, tuple[Any, Any]] = {"period": (str, self._period())}
        fields |= {column.name: _carry(column) for column in self.carried if column.key}
        for part in self.parts:
            dtype, title, description = _PART_FIELDS[part]
            fields[part] = (dtype, declare(title, description=description, key=not self.keyed_by_period))
        fields |= self._places()
        fields |= {column.name: _carry(column) for column in self.carried if not column.key}
        watching = {"series": self.series, "peers": self.peers, "season_peers": self.season_peers}
        terms = {"title": self.title, "description": self.grain, "metadata": watching}
        settings = type("Config", (), terms)
        body = {name: declared for name, (_, declared) in fields.items()}
        for name, note in self.notes.items():
            body[name].description += f"；{note}"
        types = {name: dtype for name, (dtype, _) in fields.items()}
        namespace = {
            "__module__": self.staged.__module__,
            "__annotations__": types,
            "Config": settings,
        } | body
        lineage = FactLineageByRow if self.is_keyed_by_row else FactLineage
        return type("Fact" + self.staged.__name__.removeprefix("Staged"), (lineage,), namespace)

    def _period(self) -> Any:
        return declare("报告期", description=f"形如 {_EXAMPLES[self.period]}", key=self.keyed_by_period)

    def _places(self) -> dict[str, tuple[Any, Any]]:
        reporter = self.reporter
        fields = {
            reporter.name: declare(
                reporter.title,
                description=reporter.description,
                key=self.keyed_by_reporter or self.is_keyed_by_row,
                references=reporter.references,
            )
        }
        if self.names_org:
            fields["org_key"] = org_key()
        fields["division_key"] = declare(
            "区划键", description="期末时该行所在的区划", references="dim_division.division_key"
        )
        if self.has_township:
            fields["township_code"] = declare(
                "乡镇街道代码",
                description="期末时该行所在的乡镇、街道"
                + ("；不在任何一个乡镇的为空" if self.township_may_be_none else ""),
                references="dim_division.division_code",
                nullable=self.township_may_be_none,
            )
        return {name: (str, declared) for name, declared in fields.items()}


_PLACES = (ORG, REPORTER, REPORTING_TOWNSHIP)


def org_key() -> Any:
    """Declare the key of the version of a party organisation that a row belongs to."""
    return declare(
        "党组织键",
        description="期末时的党组织，代码@启用日期；名录中没有的为 unknown",
        references="dim_party_org.org_key",
    )


def _carry(column: Column) -> tuple[Any, Any]:
    """Give the type of a carried field, and its declaration without rules."""
    declared = declare(
        column.title,
        description=column.description,
        unit=column.unit,
        key=column.key,
        references=column.references,
        nullable=column.nullable,
        blank=column.blank,
        watch=column.watch,
        unwatched=column.unwatched,
        of_households=column.of_households,
    )
    if isinstance(column.dtype, pl.Decimal):
        return Annotated[pl.Decimal, column.dtype.precision, column.dtype.scale], declared
    return (str if column.dtype == pl.String else column.dtype.base_type()), declared


def snake_case(name: str) -> str:
    """Give the relation that a class is named for: FactLoanBalance, fact_loan_balance."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
