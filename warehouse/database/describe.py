"""Comments on tables and columns, which any SQL client shows to its user."""

import pandera.polars as pa

from schemas.catalogue import is_view
from schemas.field import columns
from warehouse.database.quoting import identifier, literal


def table_title(model: type[pa.DataFrameModel]) -> str:
    """Return the Chinese title of a built table. Raises TypeError where its Config gives none."""
    title: str | None = model.to_schema().title
    if not title:
        raise TypeError(f"{model.__name__}: give its Config a title")
    return title


def table_description(model: type[pa.DataFrameModel]) -> str:
    """Return the Chinese description of a built table. Raises TypeError where its Config gives none."""
    description: str | None = model.to_schema().description
    if not description:
        raise TypeError(f"{model.__name__}: give its Config a description")
    return description


def table_comment(model: type[pa.DataFrameModel]) -> str:
    """Join title and description of a built table. Raises TypeError where its Config gives none."""
    return f"{table_title(model)}：{table_description(model)}"


def comments(table: str, model: type[pa.DataFrameModel]) -> list[str]:
    """Write one COMMENT ON statement for the table, and one for each of its columns."""
    kind = "view" if is_view(model) else "table"
    statements = [f"comment on {kind} {identifier(table)} is {literal(table_comment(model))}"]
    for column in columns(model):
        statements.append(
            f"comment on column {identifier(table)}.{identifier(column.name)} is {literal(column.comment)}"
        )
    return statements
