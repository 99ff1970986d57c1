"""Names near to one that there is not, for whoever mistyped it: of tables, columns, indicators, places and periods."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path

import duckdb

from warehouse.database.engine import connect_to_published

MOST_NEAR = 3
_ALIKE = 0.5
"""How alike two names must be, of 1, where neither is part of the other."""

_NAMES = Path(__file__).with_name("names.sql").read_text("utf-8")
_NO_TABLE = re.compile(r'Table with name "?([^"\n]+?)"? does not exist')
_NO_COLUMN = re.compile(
    r'Referenced column "([^"\n]+)" not found in FROM clause|does not have a column named "([^"\n]+)"'
)
_PLACE = re.compile(r"\nLINE .*", re.DOTALL)


def near_names(name: str, titles: Mapping[str, str]) -> list[str]:
    """Return up to three known names that are near to another by themselves or by their titles, the nearest first.

    titles: of the known names. A name that is part of another is near to it.
    """
    alike = {known: max(_likeness(name, known), _likeness(name, title)) for known, title in titles.items()}
    near = [known for known in titles if alike[known] >= _ALIKE]
    return sorted(near, key=lambda known: -alike[known])[:MOST_NEAR]


def listed(names: Iterable[str], titles: Mapping[str, str]) -> str:
    """Join names as a message lists them, each with its title where it has another."""
    return "、".join(f"{name} {titles[name]}" if titles[name] not in ("", name) else name for name in names)


def missing_name(file: Path, sql: str, error: duckdb.Error) -> str | None:
    """Say in Chinese which table or column a statement names in vain, and which are near; None where it does not."""
    text = str(error)
    place = _PLACE.search(text)
    if table := _NO_TABLE.search(text):
        message = _say("表", table[1], _tables(file), "show tables")
    elif column := _NO_COLUMN.search(text):
        message = _say("列", column[1] or column[2], _columns(file, sql), "describe 表名")
    else:
        return None
    return message + (place[0] if place else "")


def _say(kind: str, name: str, titles: Mapping[str, str], all_names: str) -> str:
    near = near_names(name, titles)
    return f"没有{kind} {name}；" + (f"相近的有：{listed(near, titles)}" if near else f"用 {all_names} 列出")


def _tables(file: Path) -> dict[str, str]:
    return {table: title or "" for table, column, title in _names(file) if column is None}


def _columns(file: Path, sql: str) -> dict[str, str]:
    """Give the columns of the tables that a statement reads."""
    with duckdb.connect() as connection:
        tables = connection.get_table_names(sql)
    return {column: title or "" for table, column, title in _names(file) if column and table in tables}


def _names(file: Path) -> list[tuple[str, str | None, str | None]]:
    with connect_to_published(file) as connection:
        return connection.execute(_NAMES).fetchall()


def _likeness(name: str, known: str) -> float:
    """Give how alike two names are: up to 1, and more where one is part of the other."""
    a, b = name.casefold(), known.casefold()
    if not a or not b:
        return 0.0
    return SequenceMatcher(None, a, b).ratio() + (a in b or b in a)
