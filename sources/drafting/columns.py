"""Columns of a printed table: the headings over each, its unit of measure and its code, and what it holds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sources.drafting.labels import UNIT
from sources.drafting.tables import PrintedTable, is_year
from sources.layout.block import find_every_stated
from sources.layout.column_name import MARKS, bare_name, is_code, is_placeholder
from sources.text.squeeze import squeeze
from sources.text.unit import dimension, is_unit

_PARENTHESES = re.compile(r"[(（]([^()（）]+)[)）]")
_SPLIT = re.compile(r"[,、;和]")
_MORE_UNITS = re.compile(
    r"[百千万亿]*(?:[天日年月岁期本册班艘里门套台口辆只匹羽尾窝对盆盒袋瓶筐担盏棵颗枚架部幢栋孔道场]|小时|分钟|毫米|厘米|℃|kg|km|m2|㎡|m3|t|ha|标准台|标台|吨标准煤)"
)
"""Units of measure that are printed, but that the program does not reckon with."""


@dataclass
class PrintedColumn:
    """A column of a table as it is printed.

    path: its headings from the top down, units and codes left out. unit: its unit of measure as printed. shared: whether
    it has no heading of its own, but that of the column before. doubts: by what is unsure (heading, unit, type, name,
    key, role), why. texts, kinds: its cells in the records.
    """

    at: int
    path: tuple[str, ...]
    unit: str | None = None
    code: str | None = None
    shared: bool = False
    doubts: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    kinds: str = ""

    @property
    def heading(self) -> str:
        """Its headings without numbering and units, joined as contracts write them."""
        return "/".join(map(_without_unit, self.path))

    @property
    def leaf(self) -> str:
        """Its lowest heading, without numbering and unit of measure."""
        return _without_unit(self.path[-1]) if self.path else ""

    @property
    def filled(self) -> list[tuple[str, str]]:
        """Squeezed text and kind of its cells that are not blank."""
        pairs = zip(self.texts, self.kinds, strict=True)
        return [(text, kind) for text, kind in pairs if kind != " " and not is_placeholder(text)]

    def doubt(self, of: str, why: str) -> None:
        """Mark something of it as unsure."""
        self.doubts.setdefault(of, why)


def _without_unit(part: str) -> str:
    """Return a heading without numbering, and without a unit of measure behind it in parentheses or after a slash."""
    bare = bare_name(part)
    head, slash, tail = bare.partition("/")
    return head if slash and head and is_unit(tail) else bare


def read_columns(table: PrintedTable, records: Iterable[int]) -> list[PrintedColumn]:
    """Read the columns of a table from the left. records: the rows that are data."""
    rows = list(records)
    lines = read_unit_lines(table)
    columns = []
    for at in table.columns:
        column = PrintedColumn(at, _read_path(table, at), shared=not _begins_here(table, at))
        column.texts = [squeeze(table.block.sheet.text[row][at]) for row in rows]
        column.kinds = "".join(table.block.sheet.kinds[row][at] for row in rows)
        column.code = _read_code(table, at)
        _read_unit(table, column, lines)
        columns.append(column)
    _mark_same_headings(columns)
    return columns


def read_unit_lines(table: PrintedTable) -> list[str]:
    """Read the units of measure that a line over the table states, or its title has in parentheses."""
    stated = [text.text for text in find_every_stated(table.block, table.head, list(UNIT))]
    units = [part for text in stated for part in _SPLIT.split(squeeze(text).strip("()")) if part]
    if not units:
        for row in table.head:
            for text in table.block.own_texts(row):
                units += [part for part in _PARENTHESES.findall(text) if is_unit(part)]
    return list(dict.fromkeys(units))


def _read_path(table: PrintedTable, at: int) -> tuple[str, ...]:
    path: list[str] = []
    for row in table.heading_rows:
        text = table.block.text_at(row, at)
        if is_placeholder(text) or text in MARKS or (text in path[-1:]) or _is_aside(table, row, text):
            continue
        path.append(text)
    return tuple(path)


def _is_aside(table: PrintedTable, row: int, text: str) -> bool:
    """Tell whether a header cell is a unit of measure or a code rather than a heading."""
    if is_unit(text.strip("()")) or (is_code(text) and row > table.top and not is_year(text)):
        return True
    return len(text) == 1 and text.isascii()


def _begins_here(table: PrintedTable, at: int) -> bool:
    """Tell whether a heading begins in a column, rather than in a merged range from its left."""
    block = table.block
    return any(
        block.text_at(row, at) and block.origin.get((row, at), (row, at))[1] == at
        and not is_placeholder(block.text_at(row, at)) and block.text_at(row, at) not in MARKS
        for row in range(table.top, table.body)
    )  # fmt: skip


def _read_code(table: PrintedTable, at: int) -> str | None:
    if table.code_row is None:
        return None
    text = table.block.text_at(table.code_row, at)
    code = text.split("=")[0].strip("()")
    return code if is_code(code) and not is_placeholder(text) else None


def _read_unit(table: PrintedTable, column: PrintedColumn, lines: list[str]) -> None:
    """Find the unit of measure of a column: in the header's cells from below, then on a line over the table."""
    cells = [table.block.text_at(row, column.at) for row in range(table.body - 1, table.top - 1, -1)]
    if table.unit_row is not None:
        own = table.block.text_at(table.unit_row, column.at)
        cells = [own, *(cell for cell in cells if cell != own)]
    for cell in cells:
        if is_placeholder(cell) or (unit := unit_in(cell)) is None:
            continue
        column.unit = unit
        if not is_unit(unit):
            column.doubt("unit", f"程序不认得计量单位“{unit}”，请核对")
        elif table.unit_row is not None and cell != cells[0]:
            column.doubt("unit", "计量单位不在单位行上，取自表头")
        return
    last_line = _read_last_line(table, column)
    if last_line is not None:
        column.unit = last_line
        column.doubt("unit", "单位在表头里另起一行，没有括号，读表时认不出；请改表样或另行写明")
        return
    if table.unit_row is not None and _looks_like_unit(cells[0]):
        column.unit = cells[0]
        column.doubt("unit", f"程序不认得计量单位“{cells[0]}”，请核对")
        return
    aside = _last_aside(column)
    if aside is not None:
        column.doubt("unit", f"括号里的“{aside[1]}”可能是单位，程序不认得")
    _take_from_lines(column, lines)


def _last_aside(column: PrintedColumn) -> re.Match[str] | None:
    """Find a short text in parentheses at the end of the lowest heading."""
    return re.search(r"[(]([^()]{1,2})[)]$", column.path[-1]) if column.path else None


def _read_last_line(table: PrintedTable, column: PrintedColumn) -> str | None:
    """Read the unit of measure that stands on a line of its own at the end of a heading."""
    block = table.block
    for row in reversed(table.heading_rows):
        top, left = block.origin.get((row, column.at), (row, column.at))
        lines = block.sheet.text[top][left].split()
        unit, text = (squeeze(lines[-1]), squeeze("".join(lines))) if lines else ("", "")
        is_end_of_word = any(is_unit(text[-length:]) for length in range(len(unit) + 1, len(unit) + 3))
        if len(lines) > 1 and is_unit(unit) and not is_end_of_word:
            return unit
    return None


def unit_in(text: str) -> str | None:
    """Find the unit of measure in a squeezed cell of a header: alone, in parentheses, or after a slash or comma."""
    bare = text.strip("()（）")
    if is_unit(bare):
        return bare
    for inside in reversed(_PARENTHESES.findall(text)):
        inside = inside.removeprefix("单位:").removeprefix("计量单位:")
        if is_unit(inside) or _MORE_UNITS.fullmatch(inside):
            return str(inside)
    if re.fullmatch(r"[^%‰]+[%‰]", text):
        return text[-1]
    for sign in ("/", ",", "、", ":"):
        head, _, tail = text.partition(sign)
        if head and is_unit(tail):
            return tail
    return None


def _looks_like_unit(text: str) -> bool:
    is_other = is_placeholder(text) or text.isdigit() or is_code(text) or text in MARKS
    return len(text) <= 6 and not is_other and "单位" not in text


_WORDS = {
    "persons": "人口|人数|人员|劳动力|劳力|男|女|职工",
    "households": "户数|农户|[^账]户$",
    "visits": "人次",
    "counts": "次数|件数|个数|笔数|台数|头数|只数|座数|间数|株数|匹数",
    "money": "收入|金额|产值|支出|投资|资金|利润|成本|费|价|贷款|余额|工资|税|补贴|资产|负债",
    "area": "面积|耕地|水田|旱地|林地|园地|播种",
    "mass": "产量|总产|重量|用量",
    "ratio": "率|比重|占比|比例|%",
}
"""What a heading speaks of, by the dimension that its unit of measure then has."""


def dimension_in_words(heading: str) -> str | None:
    """Return the dimension of which a heading speaks; None where it speaks of none, or of several."""
    leaf = heading.rsplit("/", 1)[-1]
    for text in (leaf, heading):
        spoken = [name for name, words in _WORDS.items() if re.search(words, text)]
        if "ratio" in spoken and re.search(r"(?:率|比重|占比|比例|%\)?)$", text):
            return "ratio"
        if len(spoken) == 1:
            return spoken[0]
    return None


def _take_from_lines(column: PrintedColumn, lines: list[str]) -> None:
    """Take the unit of measure from a line over the table; unsure unless the heading speaks of the same."""
    texts = sum(kind == "t" for _, kind in column.filled)
    is_label = _LABELS.search(column.leaf) or (not column.filled and _UNMEASURED.search(column.leaf))
    if is_label or 2 * texts > len(column.filled):
        return
    spoken = None if _RANGE.search(column.leaf) else dimension_in_words(column.heading)
    if len(lines) == 1:
        known = dimension(lines[0])
        if spoken is None or spoken == known or (known not in _PLAIN and spoken not in ("ratio", *_PLAIN)):
            column.unit = lines[0]
            if spoken != known:
                column.doubt("unit", f"表头没有单位，取自表上的“单位：{lines[0]}”")
        else:
            column.doubt("unit", f"表上写“单位：{lines[0]}”，与表头不合，请写明")
        return
    of_words = [unit for unit in lines if spoken is not None and dimension(unit) == spoken]
    others = [unit for unit in lines if dimension(unit) != "money"]
    fitting = of_words or (others if spoken is None else [])
    if len(fitting) == 1:
        column.unit = fitting[0]
    if lines and not (of_words and _DECISIVE.search(column.leaf)):
        column.doubt("unit", f"表上写“单位：{'、'.join(lines)}”，请核对此栏用哪一个")


_LABELS = re.compile(r"编号|编码|代码|号码?$|日期$|时间$|^序号|^年[份度]$|备注|^是否|有无")
_UNMEASURED = re.compile(r"名称?$|类别|类型|等级|^指标|^项目|村$|乡镇$|街道$|社区$|地区|单位$|情况$")
"""Headings of what has no unit of measure; the latter where nothing is filled that says otherwise."""
_PLAIN = ("households", "persons", "visits", "counts")
_DECISIVE = re.compile(r"(?:人数|人员|人口|户数|劳动力|金额|收入|面积)$")
_RANGE = re.compile(r"月?收入[\d\-—~至]*元以[上下]|\d+[-—~至]?\d*元(?:以[上下])?")
"""Brackets of money by which persons or households are counted."""


def repeated_after(columns: list[PrintedColumn]) -> int:
    """Return after how many columns the same ones stand again side by side; all of them where none do."""
    printed = [(column.path, column.unit) for column in columns]
    for width in range(2, len(columns) // 2 + 1):
        if len(columns) % width == 0 and printed[width:] == printed[:-width] and len(set(printed)) == width:
            return width
    return len(columns)


def _mark_same_headings(columns: list[PrintedColumn]) -> None:
    """Drop codes that stand twice, and mark headings that no code tells apart."""
    columns = columns[: repeated_after(columns)]
    codes = [column.code for column in columns]
    headings = [column.heading for column in columns if not column.shared]
    for column in columns:
        if column.code and codes.count(column.code) > 1:
            column.doubt("heading", f"代码 {column.code} 印了不止一处，未用")
            column.code = None
    for column in columns:
        if column.path and not column.shared and headings.count(column.heading) > 1 and not column.code:
            column.doubt("heading", "另有一栏同名，须改表样或写明代码")
        if column.path and not column.shared and headings.count(column.heading) > 1:
            column.doubt("name", "另有一栏表头相同，名称要分得开")
        if not column.path and not column.shared:
            column.doubt("heading", "此栏没有表头")
