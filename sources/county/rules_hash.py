"""What can change a staged value, as one hash: rules as data, and the code that reads.

Put here: what makes an archived delivery be read again. Keep out: prose, and code that changes no staged value.
"""

from functools import cache
from hashlib import sha256
from importlib.metadata import version

import pandera.polars as pa
import polars as pl

from schemas.field import Column, columns
from schemas.rule import Rule
from schemas.syntax import hash_modules, imported_modules, module_file
from schemas.validate import rules

READERS = ("sources.delivery", "sources.reading.worker")
"""Modules that stage a delivery; what they import reads too."""

LIBRARIES = (
    "polars",
    "python-calamine",
    "lxml",
    "olefile",
    "openpyxl",
    "msoffcrypto-tool",
    "pydantic",
    "pandera",
)
"""Libraries whose releases can read or validate otherwise."""

_AS_DATA = ("schemas.catalogue", "schemas.county", "schemas.forms", "schemas.tables")
"""Modules whose rules are hashed as data, table by table."""


@cache
def hash_of_readers() -> str:
    """Hash the code that reads, and the versions of its libraries."""
    modules = hash_modules(map(module_file, reading_modules()))
    libraries = " ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return sha256(f"{modules} {libraries}".encode()).hexdigest()


@cache
def reading_modules() -> tuple[str, ...]:
    """List the project's modules that staging a delivery imports, directly or not."""
    return imported_modules(READERS, skip=_AS_DATA)


@cache
def hash_of_table(table: type[pa.DataFrameModel]) -> str:
    """Hash the fields and rules of a staged table. Raises TypeError for a rule that holds a Python function."""
    digest = sha256()
    for column in columns(table):
        digest.update(_describe_field(column))
    for rule in rules(table):
        digest.update(_describe_rule(rule))
    return digest.hexdigest()


def _describe_field(column: Column) -> bytes:
    """Write down what of a field reads or rejects; its title stands in the reasons that clerks get."""
    terms = (
        column.name, str(column.dtype), column.title, column.unit, column.key, column.pii, column.place,
        column.nullable, column.blank_only_if_absent, sorted(column.allowed or ()),
    )  # fmt: skip
    return repr(terms).encode()


def _describe_rule(rule: Rule) -> bytes:
    if rule.limits is not None:  # its title and expression follow from the limits
        limits = [(name, sorted(value) if name == "allowed_values" else value) for name, value in rule.limits]
        return repr((rule.name, limits)).encode()
    try:
        head = repr((rule.name, rule.fields, rule.severity, rule.title)).encode()
        return head + rule.holds.meta.serialize()
    except pl.exceptions.ComputeError as error:
        raise TypeError(f"{rule.name}: a rule is an expression without Python functions") from error
