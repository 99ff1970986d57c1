"""Facts of a sheet that calamine leaves out: cells in error, hidden rows, and in xlsb and ods the merges.

Put here: one module a format, each with `read_facts(data) -> list[SheetFacts]`, in the order of the sheets.
Keep out: all that calamine does read.
"""

from dataclasses import dataclass, field

from sources.reading.cells import Merged


@dataclass
class SheetFacts:
    """Facts of one sheet, 0-based. errors: (row, column) -> the error as Excel shows it, such as #N/A."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)


ERROR_NAMES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""The error codes of the binary formats, xls and xlsb."""
