"""Facts of a sheet that calamine leaves out: errors, formulas without a result, number formats, hidden rows, merges.

Put here: one module a format, each with `read_facts(data) -> list[SheetFacts]`, in the order of the sheets.
Keep out: all that calamine does read.
"""

from dataclasses import dataclass, field

from sources.reading.cells import Merged
from sources.reading.sheet_facts.number_format import decimals_of, display_of

Position = tuple[int, int]


@dataclass
class SheetFacts:
    """Facts of one sheet; positions are 0-based (row, column).

    errors: the error as Excel shows it, such as #N/A. uncalculated: formulas without a result. displays: see
    `display_of`, and decimals: how many the format shows, both also of cells that hold no number. struck: cells in a
    struck-out font. days: of moments just before midnight the day, which calamine rounds up. from_1904: whether
    serial days count from 1904.
    """

    errors: dict[Position, str] = field(default_factory=dict)
    uncalculated: set[Position] = field(default_factory=set)
    displays: dict[Position, str] = field(default_factory=dict)
    decimals: dict[Position, int] = field(default_factory=dict)
    struck: set[Position] = field(default_factory=set)
    days: dict[Position, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    from_1904: bool = False


@dataclass(frozen=True)
class CellStyles:
    """The styles of a workbook that change what a cell says, by their number.

    displays: see `display_of`. decimals: how many are shown. struck: those in a struck-out font.
    """

    displays: dict[int, str]
    decimals: dict[int, int]
    struck: frozenset[int]

    @classmethod
    def of(cls, codes: list[str], struck: list[bool]) -> "CellStyles":
        """Make them of the format of each style, and whether it is struck out."""
        displays = {at: display for at, code in enumerate(codes) if (display := display_of(code))}
        decimals = {at: shown for at, code in enumerate(codes) if (shown := decimals_of(code)) is not None}
        return cls(displays, decimals, frozenset(at for at, is_struck in enumerate(struck) if is_struck))

    def note(self, facts: SheetFacts, position: Position, style: int) -> None:
        """Note the facts of a cell of this style."""
        if style in self.displays:
            facts.displays[position] = self.displays[style]
        if style in self.decimals:
            facts.decimals[position] = self.decimals[style]
        if style in self.struck:
            facts.struck.add(position)

    @property
    def numbers(self) -> set[int]:
        """The numbers of these styles, but of those that show two places: that most amounts do."""
        return {*(at for at, display in self.displays.items() if display != "2"), *self.struck}


NO_STYLES = CellStyles({}, {}, frozenset())


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
