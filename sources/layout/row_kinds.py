"""Kinds of the rows under a header: records, totals, footers, and what else stands between them.

Put here: what tells the kind of a row. Keep out: what its cells hold, see `rows`.
"""

import re
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from schemas.field import Column
from sources.county.contract_layout import WorkbookLayout
from sources.layout.block import Block
from sources.layout.block_content import SUMS, BlockContent, find_label
from sources.layout.header import Header
from sources.text.squeeze import squeeze
from sources.text.values import is_missing, says_nil


@dataclass(frozen=True, eq=False)
class RowShape:
    """What follows from which cells of a row are filled: most rows of a sheet have few shapes.

    wanted: columns of fields. read: columns that may hold the label, those outside columns of numbers, marks or
    remarks; before: those where nothing is in these. first: the first column outside numbers. others: columns that
    are not read, strange: those of them that the contract does not ignore either.
    """

    filled: list[int]
    wanted: set[int]
    read: list[int]
    before: list[int]
    first: list[int]
    others: list[int]
    strange: list[int]


@dataclass(frozen=True)
class Body:
    """The rows under a header.

    wanted: the columns of fields; values: of fields other than texts; numeric: of numbers. headings: the
    header rows by their first text, as they come again at the top of a page. merged: rows that a merged
    range touches. label: finds every label that ends or starts a text of a line, and more.
    """

    content: BlockContent
    header: Header
    wanted: set[int]
    values: set[int]
    numeric: set[int]
    headings: dict[str, set[tuple[str, ...]]]
    merged: set[int]
    label: re.Pattern[str]
    shapes: dict[str, RowShape] = field(default_factory=dict)

    @classmethod
    def under(cls, content: BlockContent, header: Header, table: list[Column]) -> "Body":
        """Take the rows under a header. table: the columns that are to be filled."""
        block = content.block
        fields = [
            (column.dtype, header.columns[column.name]) for column in table if column.name in header.columns
        ]
        headings: dict[str, set[tuple[str, ...]]] = {}
        for row in range(header.top, header.body):
            texts = block.own_texts(row)
            headings.setdefault(next(filter(None, texts), ""), set()).add(texts)
        return cls(
            content,
            header,
            wanted={at for _, at in fields},
            values={at for dtype, at in fields if dtype != pl.String},
            numeric={at for dtype, at in fields if dtype.is_numeric()},
            headings=headings,
            merged={row for row, _ in block.origin},
            label=_label_pattern(*_labels(block.contract.workbook)),
        )

    @property
    def block(self) -> Block:
        return self.content.block

    def shape_of(self, row: int) -> RowShape:
        """Return the shape of a row."""
        kinds = self.block.sheet.kinds[row]
        if kinds not in self.shapes:
            self.shapes[kinds] = self._shape(self.block.filled_columns(row))
        return self.shapes[kinds]

    def _shape(self, filled: list[int]) -> RowShape:
        header, first_value = self.header, min(self.values, default=None)
        texts = [column for column in filled if column not in self.values]
        others = [column for column in filled if column not in self.wanted and column != header.township]
        return RowShape(
            filled,
            wanted=self.wanted.intersection(filled),
            read=[column for column in texts if column not in header.ignored],
            before=[c for c in texts if c not in header.ignored or first_value is None or c < first_value],
            first=texts[:1],
            others=others,
            strange=[column for column in others if column not in header.ignored],
        )


_PAGE_MARK = re.compile(
    r"第?[\d一二三四五六七八九十]+页(?:[,/、]?共\d+页)?|共\d+页[,/、]?第\d+页|[-—]\d+[-—]"
)


def classify_row(body: Body, row: int, shape: RowShape, below_footer: bool) -> str:
    """Tell the kind of a row that is not empty: body, total, memo, footer, header, nil, banner or unfilled."""
    block, layout, filled = body.block, body.block.contract.workbook, shape.filled
    texts, labels = block.sheet.text[row], read_labels(body, row, shape)
    first_label = [squeeze(texts[column]) for column in shape.first]
    if body.label.search("\n".join((*labels, *first_label))):  # in few rows, and soon seen
        if find_label(labels, layout.total_rows):
            return "total"
        if find_label(labels, layout.memo_rows):
            return "memo"
        if find_label(first_label, layout.footer, loose=True):
            return "footer"
    first = squeeze(texts[filled[0]])
    is_page_mark = len(filled) == 1 and _PAGE_MARK.fullmatch(first)
    if (below_footer and len(shape.wanted) <= 1) or is_page_mark:
        return "footer"
    if first in body.headings and block.own_texts(row) in body.headings[first]:
        return "header"
    if says_nil(texts[column] for column in filled if column not in body.header.ignored):
        return "nil"
    if len(filled) == 1 and block.spans(row, filled[0], body.values):
        return "banner"
    return "unfilled" if _is_unfilled(body, row, shape.wanted) else "body"


def _labels(layout: WorkbookLayout) -> tuple[str, ...]:
    return *layout.total_rows, *layout.memo_rows, *layout.footer


@cache
def _label_pattern(*labels: str) -> re.Pattern[str]:
    """Return the pattern of lines that start with one of the labels or end with a sum, as those that `find_label` finds."""
    starts = "|".join(map(re.escape, map(squeeze, labels)))
    return re.compile(f"^(?:{starts})|(?:{'|'.join(sorted(SUMS))})$", re.MULTILINE)


def read_labels(body: Body, row: int, shape: RowShape) -> list[str]:
    """Read the texts that may be the row's label: those outside columns of numbers, marks or remarks.

    What a column holds that is not read (序号) is a label only before the values, in a row without a name.
    """
    texts = body.block.sheet.text[row]
    has_name = any(not is_missing(texts[column]) for column in shape.read)
    return [squeeze(texts[column]) for column in (shape.read if has_name else shape.before)]


def _is_unfilled(body: Body, row: int, wanted: set[int]) -> bool:
    """Tell whether a row holds no record: nothing in any column that is read.

    With `skip_unfilled_rows` in the contract also: only labels, or only zeros without a label (formulas
    drawn down too far).
    """
    if not wanted or not body.block.contract.skip_unfilled_rows:
        return not wanted
    if not wanted & body.values:
        return True
    return wanted <= body.numeric and all(squeeze(body.block.sheet.text[row][c]) == "0" for c in wanted)
