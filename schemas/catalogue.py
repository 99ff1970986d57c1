"""All tables and indicators by name, as the modules of forms/ and tables/ declare them.

Class FactLoanBalance of a module is table fact_loan_balance. A class is a table if its name begins with its layer:
`Staged` for accepted rows (the rest of the name is what a contract calls the table), `Ref` and `Source` for the other
input of a build, and Dim, Fact, Mart, Dq and Warehouse for what a build makes, whose Config has a title.
"""

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pandera.polars as pa

from schemas import forms, tables
from schemas.fact import Fact, snake_case
from schemas.indicator import Indicator

Table = type[pa.DataFrameModel]

_RECORDED = (
    "source_check_result",
    "source_finding",
    "source_build_info",
    "source_build_step",
    "source_indicator",
    "source_indicator_form",
    "source_national_indicator",
)


@dataclass(frozen=True)
class Catalogue:
    """What some packages declare, by name.

    staged: tables of accepted rows, by the name that a contract gives. facts: those that follow from their staged
    table; they have no class and no model of their own. source: tables that the warehouse is given beside the staged
    rows. recorded: tables that a build records of itself, for its own models to read. built: tables that a build
    makes; a base class of facts has no title and is none. indicators: by code.
    """

    staged: dict[str, Table]
    facts: dict[str, Fact]
    source: dict[str, Table]
    recorded: dict[str, Table]
    built: dict[str, Table]
    indicators: dict[str, Indicator]


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
    return Catalogue(
        staged={
            name.removeprefix("staged_"): table
            for name, table in declared.items()
            if name.startswith("staged_")
        },
        facts={fact.name: fact for fact in facts},
        source={name: table for name, table in given.items() if name not in _RECORDED},
        recorded={name: table for name, table in given.items() if name in _RECORDED},
        built={name: table for name, table in made.items() if table.__config__ and table.__config__.title},
        indicators=_indicators(modules),
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
    return indicators


def is_view(table: Table) -> bool:
    """Return whether a built table is a view, computed when it is read: `view` in its Config's metadata."""
    return bool(table.__config__ and (table.__config__.metadata or {}).get("view"))


CATALOGUE = read_catalogue(forms, tables)
"""What the program itself declares."""

STAGED, FACTS, SOURCE = CATALOGUE.staged, CATALOGUE.facts, CATALOGUE.source
RECORDED, BUILT, INDICATORS = CATALOGUE.recorded, CATALOGUE.built, CATALOGUE.indicators
