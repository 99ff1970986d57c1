"""The tables, found by their names: the class FactLoanBalance in a module here is table fact_loan_balance.

A class is a table if its name begins with its layer: `Staged` for accepted rows as they were staged (a table
of the warehouse's input by the rest of the name), `Ref` and `Source` for what else the build is given, and
Dim, Fact, Mart, Dq and Warehouse for what it builds, which carry a title in their Config.
"""

import re
from importlib import import_module
from pkgutil import iter_modules

import pandera.polars as pa

from schemas import forms, tables

Table = type[pa.DataFrameModel]


def _all_tables() -> dict[str, Table]:
    packages = {
        module.name: package for package in (forms, tables) for module in iter_modules(package.__path__)
    }
    modules = [import_module(f"{packages[name].__name__}.{name}") for name in sorted(packages)]
    found = [
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, pa.DataFrameModel)
        and thing.__module__ == module.__name__
    ]
    return {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", table.__name__).lower(): table for table in found}


_TABLES = _all_tables()


def _layers(*layers: str) -> dict[str, Table]:
    return {name: table for name, table in _TABLES.items() if name.startswith(layers)}


STAGED = {name.removeprefix("staged_"): table for name, table in _layers("staged_").items()}
"""Accepted rows, by the table that a contract names."""

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
"""What a build records of itself, for its own models to read."""

SOURCE = {name: table for name, table in _layers("ref_", "source_").items() if name not in RECORDED}
"""What the warehouse is given beside the staged rows."""


def is_view(table: Table) -> bool:
    """Whether a built table is only a query, worked out when it is read: its Config says so."""
    return bool(table.__config__ and (table.__config__.metadata or {}).get("view"))


BUILT = {
    name: table
    for name, table in _layers("dim_", "fact_", "mart_", "dq_", "warehouse_").items()
    if table.__config__ and table.__config__.title
}
"""What SQL models build; a base class of facts has no title."""
