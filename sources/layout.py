"""What a block holds once it is laid out: candidate rows, printed totals, and a class for every cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sources.block import Block, Classes, Problem, Stated, stated
from sources.contract import squeeze

Cell = tuple[str, str]
"""Text and kind of a cell."""


class Unconserved(AssertionError):
    """Cells of a sheet were neither read nor accounted for: a fault of this program, never of the file."""


@dataclass
class Total:
    """A printed total: its label, its cells by field, and the candidates it adds up (half open).

    A 小计 adds up the rows since the total before it, any other total all rows of the block.
    """

    label: str
    cells: dict[str, tuple[Cell, str]]
    rows: tuple[int, int] | None


@dataclass(eq=False)
class Laid:
    """What a block holds, before anything is parsed.

    texts and kinds: by field, one entry a candidate row. rows: 1-based sheet rows of the candidates.
    columns: field to 0-based column; cells: field to address, for what does not lie in a column.
    """

    block: Block
    reporter: Stated | None = None
    period: Stated | None = None
    unit: Stated | None = None
    title: str = ""
    rows: list[int] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, list[str]] = field(default_factory=dict)
    township: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    classes: Classes = field(default_factory=Classes)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0


def read_head(laid: Laid, header_top: int) -> None:
    """Read title, reporter, period and unit of measure from the rows above the header."""
    block, layout = laid.block, laid.block.contract.workbook
    assert layout is not None
    head = range(block.first_row, header_top)
    laid.reporter = stated(block, head, layout.reporter_line)
    if laid.reporter and _ONLY_A_DATE.fullmatch(laid.reporter.text):  # 填报单位：      20 16 年
        laid.reporter = None
    laid.period = stated(block, head, layout.period_line)
    laid.unit = stated(block, head, layout.unit_line)
    if block.title_row is not None:
        laid.title = "".join(block.sheet.text[block.title_row][c] for c in block.filled(block.title_row))


_ONLY_A_DATE = re.compile(r"[\d\s年月日季度第一二三四上下半()（）.—-]+")


def conserve(sheet_name: str, read_cells: int, classes: Iterable[Classes]) -> None:
    """Raise Unconserved unless the classes of a sheet's cells add up to what the reader read."""
    classed = sum(sum(c.counts.values()) for c in classes)
    if classed != read_cells:
        raise Unconserved(f"sheet {sheet_name!r}: {read_cells} cells read, {classed} classed")


def label_of(texts: list[str], labels: list[str], *, loose: bool = False) -> str | None:
    """The label that one of a row's texts is; the first text may also go on after it (`其中：乳品`)."""
    wanted = [squeeze(label) for label in labels]
    for text in texts:
        if text in wanted:
            return text
    return next((label for label in wanted if texts and _goes_on(texts[0], label, loose)), None)


def _goes_on(text: str, label: str, loose: bool) -> bool:
    if not text.startswith(label):
        return False
    return text[len(label)] in ":(、,;" or (loose and len(label) >= 3) or label == "其中"
