"""Lines of reasons as a sender reads them, and how they look."""

from typing import NamedTuple

REJECTED, DOUBTFUL = "退回", "存疑"
COLORS = {REJECTED: "FFB3AD", DOUBTFUL: "FFE58A"}
"""The fill of a cell that must be put right, and of one that is to be looked at again."""

HEADINGS = ("结果", "工作表", "单元格", "哪里不对，怎么改", "说明（由填报单位填写）")


LeftOut = dict[str, list[tuple[int, int]]]
"""By name of each sheet that a marked copy keeps, the cells (row, column; 0-based) that it leaves out."""


class ReasonLine(NamedTuple):
    """One reason. cell: an address, or empty where no cell is to blame; sheet: empty in a text file.

    answer: its sender's words on it.
    """

    severity: str
    sheet: str
    cell: str
    message: str
    answer: str = ""

    @property
    def place(self) -> str:
        """Sheet and cell as Excel writes them."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell
