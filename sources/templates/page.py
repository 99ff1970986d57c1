"""A blank form as it lies on its sheets: one description for its writer and for tests that fill it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from schemas.field import Column
from sources.county.contract import WorkbookContract
from sources.county.contract_layout import WorkbookLayout
from sources.county.lists.reporters import Reporter

Style = Literal["title", "line", "heading", "mark", "name", "total", "signature"]


@dataclass(frozen=True)
class Area:
    """Cells of a sheet, 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def cells(self) -> Iterator[tuple[int, int]]:
        """Iterate over row and column of each cell: down, then across."""
        rows, columns = range(self.top, self.bottom + 1), range(self.left, self.right + 1)
        return ((row, column) for row in rows for column in columns)


@dataclass(frozen=True)
class Label:
    """A printed text; of: the field that it heads, whose note it carries."""

    text: str | int
    area: Area
    style: Style
    of: str = ""


@dataclass(frozen=True)
class EntryArea:
    """The cells of one field: one per record, or one for all. given: the texts that stand there, locked."""

    column: Column
    area: Area
    given: tuple[str, ...] = ()


@dataclass
class Page:
    """One sheet.

    heading: first and last row that every printed page repeats; sums: by cell, the area that it adds up.
    """

    name: str
    width: int = 0
    labels: list[Label] = field(default_factory=list)
    entries: list[EntryArea] = field(default_factory=list)
    period: tuple[int, int] = (0, 0)
    heading: tuple[int, int] = (0, 0)
    sums: dict[tuple[int, int], Area] = field(default_factory=dict)

    def put(self, text: str | int, area: Area, style: Style, of: str = "") -> None:
        """Print a text; one without a character leaves its cells empty."""
        if text != "":
            self.labels.append(Label(text, area, style, of))


@dataclass(frozen=True)
class Template:
    """The blank form of one contract for one reporter. choices: by field, the texts to choose from."""

    contract: WorkbookContract
    reporter: Reporter
    columns: list[Column]
    choices: dict[str, list[str]]
    pages: list[Page]

    @property
    def layout(self) -> WorkbookLayout:
        """How the form lies in a workbook."""
        return self.contract.workbook
