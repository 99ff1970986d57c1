"""A copy of the project's county, and ways to write something wrong into it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.errors import XiangcangError
from sources.county.references import read_references
from tests.district import STAGED, read_references_of

Change = Callable[[Path], None]
REPORTERS, DIVISIONS = "reporters.csv", "divisions/division.csv"
CROSSWALK, ALIASES = "divisions/crosswalk.csv", "aliases.csv"


def put(name: str, old: str, new: str) -> Change:
    """Put other words in the place of some that stand in a file."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    return change


def add(name: str, *lines: str) -> Change:
    """Add lines at the end of a file."""

    def change(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)

    return change


def refusal(folder: Path) -> str:
    """The message with which the folder is refused: one line of Chinese, without the words of a library."""
    return _refusal(lambda: read_references(folder))


def refusal_of_stock(folder: Path) -> str:
    """The message with which a folder is refused whose contracts are all that there are."""
    return _refusal(lambda: read_references_of(folder, STAGED))


def _refusal(read: Callable[[], object]) -> str:
    with pytest.raises(XiangcangError) as refused:
        read()
    message = str(refused.value)
    assert "\n" not in message
    assert (
        re.search(r"https?:|[Ii]nput|[Ee]xpected|\b(should|must|valid|at line|Error|None)\b", message) is None
    )
    assert re.search(r"第 \d+ 行|\.toml|\.csv", message)
    return message
