"""The public surface: dimensions and marts that analysts may build upon, with their columns and types, a line each."""

from schemas.catalogue import Catalogue, Table
from schemas.field import columns


def public_surface(catalogue: Catalogue) -> str:
    """List the dimensions and marts with their columns and types in order; those that only make others are left out."""
    lines = [
        f"{name}.{column.name} {column.sql_type}{' key' if column.key else ''}"
        for name, table in sorted(catalogue.built.items())
        if name.startswith(("dim_", "mart_")) and not is_internal(table)
        for column in columns(table)
    ]
    return "\n".join(lines) + "\n"


def is_internal(table: Table) -> bool:
    """Return whether a table only makes others, and may change without a note: `internal` in its Config's metadata."""
    return bool(table.__config__ and (table.__config__.metadata or {}).get("internal"))
