"""Comments on tables and columns, so that any SQL client can tell what a table holds."""

import pandera.polars as pa

from schemas.catalogue import is_view
from schemas.field import columns


def table_title(model: type[pa.DataFrameModel]) -> str:
    """The Chinese title of a built table. Raises TypeError where its Config gives none."""
    title = model.to_schema().title
    if not title:
        raise TypeError(f"{model.__name__}: give its Config a title")
    return title


def table_description(model: type[pa.DataFrameModel]) -> str:
    """The Chinese description of a built table. Raises TypeError where its Config gives none."""
    description = model.to_schema().description
    if not description:
        raise TypeError(f"{model.__name__}: give its Config a description")
    return description


def table_comment(model: type[pa.DataFrameModel]) -> str:
    """Title and description of a built table. Raises TypeError where its Config gives none."""
    return f"{table_title(model)}：{table_description(model)}"


def comments(table: str, model: type[pa.DataFrameModel]) -> list[str]:
    """One COMMENT ON statement for the table, and one for each of its columns."""
    kind = "view" if is_view(model) else "table"
    statements = [f"comment on {kind} {table} is {_quoted(table_comment(model))}"]
    for column in columns(model):
        statements.append(f'comment on column {table}."{column.name}" is {_quoted(column.comment)}')
    return statements


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
