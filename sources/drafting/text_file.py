"""Text files as tables: the delimiter, quotes and header found from the first lines, the rest as if it were a sheet."""

import re
import tempfile
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sources.county.references import References
from sources.drafting.forms import DraftedForm, draft_table
from sources.drafting.tables import UNKNOWN, PrintedTable, is_figure
from sources.drafting.toml_text import TextLayoutDraft
from sources.layout.block import Block
from sources.reading.cells import Unreadable, sheet_of
from sources.reading.delimited import TextFormat, split_record
from sources.reading.worker import Reader
from sources.text.squeeze import squeeze

_LINES = 2000
_DELIMITERS = ("\t", "|", ",", ";")
_TRAILER = re.compile(r"\"?(?:合计|总计|共计|小计|TRAILER|TOTAL|合计笔数)", re.IGNORECASE)
_PERIOD_HEADINGS = {"数据日期", "报告期", "数据期", "报表日期", "DATA_DATE", "data_date"}


def draft_text(
    path: Path, reader: Reader, references: References, like: str | None = None
) -> tuple[DraftedForm, TextLayoutDraft]:
    """Draft the form of a delimited text file from its first lines. Raises Unreadable where it is none."""
    lines = _read_lines(path, reader)
    has_trailer = len(lines) > 2 and _TRAILER.match(lines[-1]) is not None
    if has_trailer:
        lines.pop()
    delimiter = _find_delimiter(lines)
    quote = "double" if any(re.search(rf'(?:^|{re.escape(delimiter)})"', line) for line in lines) else "none"
    records = [split_record(line, TextFormat(delimiter, "double")) for line in lines]
    header = _is_header(records[0])
    names = (
        [text.strip() for text in records[0]]
        if header
        else [f"第{n}栏" for n in range(1, len(records[0]) + 1)]
    )
    table = _as_table(path, names, records[1:] if header else records)
    form = draft_table(table, references, like)
    form.titles = [re.sub(r"[\d_\-.]+$|^\d+[_\-.]*", "", path.stem) or path.stem]
    form.doubts["title"] = "文本文件里没有表题，取自文件名"
    period = next((name for name in names if squeeze(name) in _PERIOD_HEADINGS), None)
    for part in form.fields:
        if period is not None and part.column.path == (squeeze(period),):
            part.role, part.headings = "ignored", []
    return form, TextLayoutDraft(delimiter, quote, header, [] if header else names, period, has_trailer)


def _read_lines(path: Path, reader: Reader) -> list[str]:
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "text"
        reader.transcode(path, copy)
        with copy.open(encoding="utf-8-sig", newline="\n") as text:
            lines = [line.rstrip("\r\n") for line in islice(text, _LINES)]
    lines = [line for line in lines if line.strip()]
    if not lines:
        raise Unreadable("empty_file", "the text has no lines")
    return lines


def _find_delimiter(lines: list[str]) -> str:
    """Find the sign that stands most often, and in most lines as often. Raises Unreadable where none does."""
    best, most = "", 0
    for delimiter in _DELIMITERS:
        [(count, evenly)] = Counter(line.count(delimiter) for line in lines).most_common(1)
        if count and 5 * evenly >= 3 * len(lines) and count * evenly > most:
            best, most = delimiter, count * evenly
    if not best:
        raise Unreadable("unknown_format", "no delimiter parts the lines of the text evenly")
    return best


def _is_header(record: list[str]) -> bool:
    texts = [squeeze(text) for text in record]
    return (
        all(texts)
        and len(set(texts)) == len(texts)
        and not any(_kind(text) == "n" or text.isdigit() for text in texts)
    )


def _kind(text: str) -> str:
    """Return the kind that a cell with a text would have: a number, unless it may be a code."""
    is_number = is_figure(text, "t") and len(text) < 12
    return "n" if is_number else "t" if text else " "


def _as_table(path: Path, names: list[str], records: list[list[str]]) -> PrintedTable:
    rows = [names, *records]
    cells = {
        (at, column): (_kind(squeeze(text)) if at else "t", text)
        for at, record in enumerate(rows)
        for column, text in enumerate(record[: len(names)])
    }
    sheet = replace(sheet_of(path.stem, cells), name=path.stem)
    block = Block(sheet, UNKNOWN, 0, len(sheet.text), 0, len(sheet.text[0]), None)
    return PrintedTable(block, (), 0, 1, None, None)
