"""All tables by name: class FactLoanBalance of a module in forms/ or tables/ is table fact_loan_balance.

A class is a table if its name begins with its layer: `Staged` for accepted rows (the rest of the name is what a
contract calls the table), `Ref` and `Source` for the other input of a build, and Dim, Fact, Mart, Dq and
Warehouse for what a build makes, whose Config has a title.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pandera.polars as pa

from schemas import forms, tables
from schemas.fact import Fact, snake_case
from schemas.indicator import Indicator

Table = type[pa.DataFrameModel]


def _import_modules() -> list[ModuleType]:
    packages = {
        module.name: package for package in (forms, tables) for module in iter_modules(package.__path__)
    }
    return [import_module(f"{packages[name].__name__}.{name}") for name in sorted(packages)]


_MODULES = _import_modules()

FACTS = {
    member.name: member for module in _MODULES for member in vars(module).values() if isinstance(member, Fact)
}
"""Facts that follow from their staged table, by name; they have no class and no model of their own."""


def _collect_tables() -> dict[str, Table]:
    """Collect the classes that are declared in the modules, and the tables of derived facts."""
    models: list[Table] = []
    for module in _MODULES:
        for member in vars(module).values():
            if isinstance(member, Fact):
                models.append(member.table)
            elif isinstance(member, type) and issubclass(member, pa.DataFrameModel):
                models += [member] if member.__module__ == module.__name__ else []
    return {snake_case(model.__name__): model for model in models}


_TABLES = _collect_tables()


def _tables_of(*layers: str) -> dict[str, Table]:
    return {name: table for name, table in _TABLES.items() if name.startswith(layers)}


STAGED = {name.removeprefix("staged_"): table for name, table in _tables_of("staged_").items()}
"""Tables of accepted rows, by the name that a contract gives."""

RECORDED = {
    name: _TABLES[name]
    for name in (
        "source_check_result",
        "source_finding",
        "source_build_info",
        "source_indicator",
        "source_indicator_form",
        "source_national_indicator",
    )
}
"""Tables that a build records of itself, for its own models to read."""

SOURCE = {name: table for name, table in _tables_of("ref_", "source_").items() if name not in RECORDED}
"""Tables that the warehouse is given beside the staged rows."""


def is_view(table: Table) -> bool:
    """Return whether a built table is a view, computed when it is read: `view` in its Config's metadata."""
    return bool(table.__config__ and (table.__config__.metadata or {}).get("view"))


BUILT = {
    name: table
    for name, table in _tables_of("dim_", "fact_", "mart_", "dq_", "warehouse_").items()
    if table.__config__ and table.__config__.title
}
"""Tables that SQL models build; a base class of facts has no title and is none."""


def _collect_indicators() -> dict[str, Indicator]:
    """Collect what the modules list in `INDICATORS`. Raises ValueError where two are called the same."""
    indicators: dict[str, Indicator] = {}
    for module in _MODULES:
        for indicator in getattr(module, "INDICATORS", ()):
            if indicators.setdefault(indicator.code, indicator) is not indicator:
                raise ValueError(f"two indicators are called {indicator.code}")
    return indicators


INDICATORS = _collect_indicators()
"""Indicators by code."""
