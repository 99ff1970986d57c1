"""All tables and indicators by name, as the modules of forms/ and tables/ declare them.

Class FactLoanBalance of a module is table fact_loan_balance. A class is a table if its name begins with its layer:
`Staged` for accepted rows (the rest of the name is what a contract calls the table), `Ref` and `Source` for the other
input of a build, and Dim, Fact, Mart, Dq and Warehouse for what a build makes, whose Config has a title.
"""

from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pandera.polars as pa

from schemas import forms, tables
from schemas.county.terms import CountyTerms
from schemas.fact import Fact, snake_case
from schemas.field import columns
from schemas.figure_balances import FigureBalance, read_figure_balances
from schemas.indicator import Indicator, read_good_directions
from schemas.lineage import Staged
from schemas.thresholds import Thresholds, read_thresholds
from schemas.watched import Settings, Watched, collect_watched, read_watch_settings

Table = type[pa.DataFrameModel]
StagedTable = type[Staged]

_RECORDED = (
    "source_check_result",
    "source_finding",
    "source_build_info",
    "source_build_step",
    "source_indicator",
    "source_indicator_form",
    "source_national_indicator",
)


def layer_and_name(table: str) -> tuple[str, str]:
    """Split a table's name: staged_loan_note is loan_note of staging; what names no layer is whole one of dq."""
    layer, _, rest = table.partition("_")
    if layer == "staged":
        return "staging", rest
    return (layer, rest) if layer in ("dim", "fact", "mart", "dq") else ("dq", table)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """What there is of forms, tables and indicators, by name: the stock's, with those of a county.

    Two are the same only where they are one, so that what follows from it is worked out once for each.

    staged: tables of accepted rows, by the name that a contract gives. facts: those that follow from their staged
    table; they have no class and no model of their own. source: tables that the warehouse is given beside the staged
    rows. recorded: tables that a build records of itself, for its own models to read. built: tables that a build
    makes; a base class of facts has no title and is none. indicators: by code. thresholds, watch_settings: how many
    broken rows are an error, and how far a watched number may be off. figure_balances: relations between indicators, by
    the name of their check. county, county_hash: whose it is, and of which files; neither is given of the stock's own.
    """

    staged: dict[str, StagedTable]
    facts: dict[str, Fact]
    source: dict[str, Table]
    recorded: dict[str, Table]
    built: dict[str, Table]
    indicators: dict[str, Indicator]
    thresholds: Thresholds
    watch_settings: Settings
    figure_balances: dict[str, FigureBalance]
    county: CountyTerms | None = None
    county_hash: str = ""

    @cached_property
    def watched(self) -> Watched:
        """What is watched for outliers."""
        return collect_watched(self.built, self.watch_settings)

    @cached_property
    def personal_tables(self) -> frozenset[str]:
        """The staged tables with a personal field."""
        return frozenset(
            name for name, table in self.staged.items() if any(column.pii for column in columns(table))
        )


def read_catalogue(*packages: ModuleType) -> Catalogue:
    """Read what the modules of these packages declare. Raises ValueError where two indicators are called the same."""
    modules = _import_modules(packages)
    facts = [member for module in modules for member in vars(module).values() if isinstance(member, Fact)]
    declared = _tables(modules)
    given = {name: table for name, table in declared.items() if name.startswith(("ref_", "source_"))}
    made = {
        name: table
        for name, table in declared.items()
        if name.startswith(("dim_", "fact_", "mart_", "dq_", "warehouse_"))
    }
    indicators = _indicators(modules)
    return Catalogue(
        staged={
            name.removeprefix("staged_"): table
            for name, table in declared.items()
            if name.startswith("staged_") and issubclass(table, Staged)
        },
        facts={fact.name: fact for fact in facts},
        source={name: table for name, table in given.items() if name not in _RECORDED},
        recorded={name: table for name, table in given.items() if name in _RECORDED},
        built={name: table for name, table in made.items() if table.__config__ and table.__config__.title},
        indicators=indicators,
        thresholds=read_thresholds(),
        watch_settings=read_watch_settings(),
        figure_balances=read_figure_balances(indicators),
    )


def _import_modules(packages: tuple[ModuleType, ...]) -> list[ModuleType]:
    named = {module.name: package for package in packages for module in iter_modules(package.__path__)}
    return [import_module(f"{named[name].__name__}.{name}") for name in sorted(named)]


def _tables(modules: list[ModuleType]) -> dict[str, Table]:
    """Collect the classes that modules declare, and the tables of derived facts."""
    models: list[Table] = []
    for module in modules:
        for member in vars(module).values():
            if isinstance(member, Fact):
                models.append(member.table)
            elif isinstance(member, type) and issubclass(member, pa.DataFrameModel):
                models += [member] if member.__module__ == module.__name__ else []
    return {snake_case(model.__name__): model for model in models}


def _indicators(modules: list[ModuleType]) -> dict[str, Indicator]:
    indicators: dict[str, Indicator] = {}
    for module in modules:
        for indicator in getattr(module, "INDICATORS", ()):
            if indicators.setdefault(indicator.code, indicator) is not indicator:
                raise ValueError(f"two indicators are called {indicator.code}")
    good = read_good_directions()
    return {code: replace(indicator, better=good.of(code)) for code, indicator in indicators.items()}


def is_view(table: Table) -> bool:
    """Return whether a built table is a view, computed when it is read: `view` in its Config's metadata."""
    return bool(table.__config__ and (table.__config__.metadata or {}).get("view"))


@cache
def read_stock() -> Catalogue:
    """Read what the program itself declares, once."""
    return read_catalogue(forms, tables)
