"""Comparison of workbooks cell by cell: values, formats, comments, validations, merges, protection, hidden state.

Put here what reads .xlsx files.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.same.clock import Neutral
from benchmarks.same.comparison import ABSENT, Comparison
from benchmarks.same.left_out import WORKBOOK_PROPERTIES

_FONT = ("name", "sz", "b", "i", "u", "strike", "color")
_ALIGNMENT = ("horizontal", "vertical", "wrap_text", "indent", "text_rotation", "shrink_to_fit")
_SUFFIXES = (".xml", ".rels", ".vml")
_PROPERTIES = [re.compile(f"(<{name}[^>]*>)[^<]*") for name in WORKBOOK_PROPERTIES]


def compare_workbooks(
    comparison: Comparison, kind: str, name: str, a: bytes, b: bytes, neutral_a: Neutral, neutral_b: Neutral
) -> None:
    """Compare two workbooks, cell by cell where their parts differ; differing parts that no cell shows are named."""
    parts_a, parts_b = read_parts(a, neutral_a), read_parts(b, neutral_b)
    if parts_a == parts_b:
        comparison.compared[kind] += len(parts_a)
        return
    before = comparison.counts[kind]
    comparison.compare_values(kind, name, describe(a, neutral_a), describe(b, neutral_b))
    if comparison.counts[kind] == before:
        for part in sorted({*parts_a, *parts_b}):
            texts = parts_a.get(part, ABSENT), parts_b.get(part, ABSENT)
            if texts[0] != texts[1]:
                comparison.add(kind, name, f"part {part}, in what no cell shows", *texts)


def read_parts(data: bytes, neutral: Neutral) -> dict[str, str]:
    """Read the files in a workbook as text, without what any two writings differ in."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: _part_text(name, archive.read(name), neutral) for name in archive.namelist()}


def _part_text(name: str, data: bytes, neutral: Neutral) -> str:
    if not name.endswith(_SUFFIXES):
        return data.hex()
    text = neutral(data.decode("utf-8"))
    for pattern in _PROPERTIES:
        text = pattern.sub(r"\1", text) if name == "docProps/core.xml" else text
    return text


def describe(data: bytes, neutral: Neutral) -> dict[str, str]:
    """Write everything of a workbook that is compared as text, by sheet and cell."""
    workbook: Workbook = load_workbook(io.BytesIO(data))
    results: Workbook = load_workbook(io.BytesIO(data), data_only=True)
    facts = {"sheets": ", ".join(workbook.sheetnames)}
    for name, defined in workbook.defined_names.items():
        facts[f"defined name {name}"] = str(defined.attr_text)
    for sheet in workbook.worksheets:
        facts |= {f"{sheet.title}: {key}": text for key, text in _describe_sheet(sheet)}
        for row in sheet.iter_rows():
            for cell in row:
                result = results[sheet.title][cell.coordinate].value
                for key, value in _describe_cell(cell, result):
                    facts[f"{sheet.title}!{cell.coordinate} {key}"] = neutral(value)
    return facts


def _describe_sheet(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    yield "state", str(sheet.sheet_state)
    yield "frozen at", str(sheet.freeze_panes)
    yield "filter", str(sheet.auto_filter.ref)
    yield "merged", ", ".join(sorted(map(str, sheet.merged_cells.ranges)))
    yield "protection", _attributes(sheet.protection)
    for validation in sheet.data_validations.dataValidation:
        yield f"validation of {validation.sqref}", _attributes(validation)
    for formatted in sheet.conditional_formatting:
        yield f"conditional format of {formatted.sqref}", "; ".join(map(_attributes, formatted.rules))
    for number, row in sheet.row_dimensions.items():
        yield f"row {number}", f"hidden={row.hidden} height={row.height}"
    for letters, column in sheet.column_dimensions.items():
        yield f"column {letters}", f"hidden={column.hidden} width={column.width}"


def _describe_cell(cell: Cell, result: object) -> Iterator[tuple[str, str]]:
    if cell.value is not None:
        yield "value", f"{type(cell.value).__name__} {cell.value}"
    if result != cell.value:
        yield "stored result", f"{type(result).__name__} {result}"
    if cell.comment:
        yield "comment", str(cell.comment.text)
    if cell.hyperlink:
        yield "link", str(cell.hyperlink.target or cell.hyperlink.location)
    if cell.has_style:
        yield "number format", str(cell.number_format)
        yield "fill", f"{cell.fill.fill_type} {_colour(cell.fill.fgColor)}"
        yield "font", " ".join(f"{name}={_colour(getattr(cell.font, name))}" for name in _FONT)
        yield "locked", f"{cell.protection.locked}, hidden={cell.protection.hidden}"
        yield "alignment", " ".join(f"{name}={getattr(cell.alignment, name)}" for name in _ALIGNMENT)
        yield (
            "border",
            " ".join(str(getattr(cell.border, edge).style) for edge in ("left", "right", "top", "bottom")),
        )


def _attributes(element: Any) -> str:
    """Write the attributes of an element that are set, with their formulas."""
    set_ = {name: value for name, value in element if value not in (None, False)}
    formulas = {name: getattr(element, name, None) for name in ("formula", "formula1", "formula2")}
    return " ".join(
        f"{name}={value}" for name, value in {**set_, **formulas}.items() if value not in (None, [], False)
    )


def _colour(value: Any) -> str:
    """Write a colour as kind and value; anything else as it is."""
    kind = getattr(value, "type", None)
    return f"{kind}:{getattr(value, kind)}" if isinstance(kind, str) and hasattr(value, kind) else str(value)
