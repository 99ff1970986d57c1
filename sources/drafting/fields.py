"""Fields of a drafted form: what each column or indicator becomes, and where a steward must look again."""

import re
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from schemas.field import Column
from sources.drafting.columns import PrintedColumn, repeated_after
from sources.drafting.field_types import FieldType, find_type, stored_unit
from sources.drafting.labels import is_change, is_prior, is_remark, is_row_code, is_serial
from sources.drafting.names import Namer
from sources.drafting.personal import reason_to_ignore
from sources.layout.column_name import bare_name
from sources.text.values import is_missing

Role = Literal["data", "change", "place", "township", "ignored", "personal", "shared"]
_LABEL_HEADINGS = re.compile(r"指标名称?|项目|单位名称|名称|地区|地名|单位|填报单位|县?区|行政区划|区域")
_ENDINGS = {"date": "date", "code": "code", "yes_no": ""}


BESIDE = "并排的同样栏目"
"""Why a column is no field of its own where the same columns stand again beside the first."""


@dataclass
class DraftedField:
    """What becomes of a column (or of an indicator that runs down).

    headings: as the contract knows it. unit: in which it is kept; the column has the printed one. reason: why it is
    not read. place: the level of a place's name.
    """

    column: PrintedColumn
    role: Role
    type: FieldType = "text"
    name: str = ""
    unit: str | None = None
    reason: str = ""
    place: str | None = None
    key: bool = False
    headings: list[str] = field(default_factory=list)

    @property
    def is_read(self) -> bool:
        """Whether it is a field of the form."""
        return self.role in ("data", "change", "place")

    @property
    def doubts(self) -> dict[str, str]:
        return self.column.doubts


def describe_columns(columns: list[PrintedColumn], namer: Namer) -> list[DraftedField]:
    """Say of every column what it becomes, with names, types and the likely key."""
    fields: list[DraftedField] = []
    first = repeated_after(columns)
    for column in columns[:first]:
        fields.append(_describe(column, fields, mostly_measured=_are_measured(columns)))
    _choose_place(fields)
    for drafted in fields:
        _complete(drafted, namer)
    _part_headings(fields)
    _choose_key(fields)
    return fields + [DraftedField(column, "shared", reason=BESIDE) for column in columns[first:]]


def _are_measured(columns: list[PrintedColumn]) -> bool:
    """Tell whether most columns have units of measure: then what begins a row names its place."""
    return 3 * sum(column.unit is not None for column in columns) >= 2 * len(columns) > 4


def _describe(column: PrintedColumn, before: list[DraftedField], *, mostly_measured: bool) -> DraftedField:
    has_label = any(part.role == "place" for part in before)
    if not column.path and before == [] and _holds_texts(column):
        column.doubt("heading", "此栏没有表头，按第一栏文字认")
        return DraftedField(column, "place", place=level_of(column))
    if column.shared or not column.path:
        return DraftedField(column, "shared", reason="与前一列同一表头" if column.shared else "没有表头的列")
    if column.unit is None and (
        is_serial(column.leaf) or (is_row_code(column.leaf) and _counts_rows(column))
    ):
        return DraftedField(column, "ignored", reason="行序，不是数据")
    if has_label and is_row_code(column.leaf) and column.unit is None and _numbers_rows(column):
        return DraftedField(column, "ignored", reason="行号，不是数据")
    if is_remark(column.leaf):
        return DraftedField(column, "ignored", reason="自由文字，不入库")
    if personal := reason_to_ignore(column):
        reason, is_certain = personal
        if not is_certain:
            column.doubt("role", "表头看不出，所填像是个人信息")
        return DraftedField(column, "personal", reason=reason)
    if _is_place(column, before):
        return DraftedField(column, "place", place=level_of(column))
    if mostly_measured and not before and _holds_texts(column):
        column.doubt("heading", "第一栏的表头不像地名，按其文字认作地名")
        return DraftedField(column, "place", place=level_of(column))
    if is_change(column.leaf):
        return DraftedField(column, "change")
    if is_prior(column.leaf):
        column.doubt("role", "上年数一般由上年的报送得来；不要的移到 [ignored_columns]")
    return DraftedField(column, "data")


def _holds_texts(column: PrintedColumn) -> bool:
    texts = [kind for _, kind in column.filled if kind == "t"]
    return 2 * len(texts) > len(column.filled) > 0


def _counts_rows(column: PrintedColumn) -> bool:
    """Tell whether a column counts the rows from 1 on."""
    return [text for text, _ in column.filled] == [str(n) for n in range(1, len(column.filled) + 1)] != []


def _numbers_rows(column: PrintedColumn) -> bool:
    """Tell whether a column holds at most short numbers, as rows are numbered by."""
    return all(len(text) <= 3 for text, _ in column.filled)


_PLACE = re.compile(
    r"(?:所[在属]|实施|对应|行政|项目|标的|包联)*(?:乡镇|乡\(镇\)|镇\(街\)|镇街|[乡镇]|街道|乡镇街道|乡镇\(街道\)|村|行政村|社区|村社区|村\(社区\)|村\(居\))(?:名称?|委会)?"
)


def _is_place(column: PrintedColumn, before: list[DraftedField]) -> bool:
    if column.unit is not None:
        return False
    if _PLACE.fullmatch(column.leaf) and (_holds_texts(column) or not column.filled):
        return True
    is_first = not any(part.role == "place" for part in before)
    return is_first and _LABEL_HEADINGS.fullmatch(column.path[0]) is not None and (
        _holds_texts(column) or not column.filled
    )  # fmt: skip


def level_of(column: PrintedColumn) -> str | None:
    """Find the level at which a column's names are looked up: by its heading, else by how they end."""
    leaf = column.leaf
    if "村" in leaf or "社区" in leaf:
        return "village_level" if "社区" in leaf or "居" in leaf else "village"
    if "乡" in leaf or "镇" in leaf or "街道" in leaf:
        return "township_level" if "街" in leaf else "township"
    names = [text for text, kind in column.filled if kind == "t" and not is_missing(text)]
    levels = (
        ("village", r".+(?:村|村委会)"),
        ("village_level", r".+(?:村|社区|居委会|村委会)"),
        ("township", r".+(?:镇|乡)"),
        ("township_level", r".+(?:镇|乡|街道|街道办|办事处|林场|农场|林管局|开发区)"),
    )
    for level, ending in levels:
        if names and 10 * sum(re.fullmatch(ending, name) is not None for name in names) >= 8 * len(names):
            return level
    return None


def _choose_place(fields: list[DraftedField]) -> None:
    """Keep the lowest of several columns of places; one of townships beside it says where the village lies."""
    places = [part for part in fields if part.role == "place"]
    villages = [part for part in places if part.place in ("village", "village_level")]
    if villages:
        for part in places:
            if part not in villages and part.place in ("township", "township_level"):
                part.role = "township"


def _complete(drafted: DraftedField, namer: Namer) -> None:
    """Give a field that is read its type, unit, name and headings."""
    column = drafted.column
    drafted.headings = _headings(column)
    if not drafted.is_read:
        return
    if drafted.role == "place":
        drafted.name = _place_name(drafted, namer)
        if drafted.place is None:
            column.doubt("type", "不知是哪一级的地名；是村、乡镇的请写 place")
        return
    stock = namer.stock_field(column)
    if stock is not None and stock.pii:
        drafted.role, drafted.reason = "personal", "个人或户的编号，库存的表里只存散列，不入库"
        column.doubt("role", "库存的表里只存散列；确非个人或户的编号，才移到 [columns]")
        return
    if stock is not None and stock.name not in namer.used:
        drafted.type, drafted.unit = _type_of(stock), stock.unit
        if column.filled and find_type(column) not in (drafted.type, "text"):
            column.doubt("type", f"所填与库存的表不同，那里是 {drafted.type}")
        drafted.name, drafted.place = namer.take(_stock_name(stock, column)), stock.place
        drafted.key = stock.key and namer.like is not None
        if stock.unit != column.unit and column.unit is None and stock.unit:
            column.doubt("unit", f"表上没有印单位，照库存的表作“{stock.unit}”")
        return
    drafted.type = find_type(column)
    if drafted.role == "change":
        drafted.type = "number" if drafted.type in ("pct", "count", "number") else drafted.type
        column.doubt("role", "增减栏，可由两期的数算得；不要的移到 [ignored_columns]")
    drafted.unit = stored_unit(drafted.type, column.unit)
    if drafted.type == "pct" and column.unit is None:
        column.doubt("unit", "表上没有印单位，由表头推作 %")
    drafted.name = namer.name(column, drafted.unit, _ENDINGS.get(drafted.type, ""))
    if re.search(r"(?:19|20)\d\d(?:年|$)|\d+月|[一二三四]季度", column.leaf):
        column.doubt("heading", "表头里有期别，每期会变")


def _stock_name(stock: Column, column: PrintedColumn) -> str:
    """Return the name of a stock form's field; what counts from January there may not do so here."""
    if "_ytd_" in stock.name:
        column.doubt(
            "name", f"库存的表里是从一月起的累计数 {stock.name}；也是累计的照此改，并写 cumulative = true"
        )
    return stock.name.replace("_ytd_", "_")


def _type_of(stock: Column) -> FieldType:
    if stock.dtype == pl.Boolean:
        return "yes_no"
    if stock.dtype == pl.Date:
        return "date"
    if stock.unit == "元":
        return "yuan"
    if stock.unit == "%":
        return "pct"
    if stock.dtype.is_integer():
        return "count"
    if stock.dtype.is_numeric():
        return "number"
    return "code" if stock.is_identifier else "text"


def _headings(column: PrintedColumn) -> list[str]:
    """List the texts that a contract knows a column by: its headings without units, and its code."""
    headings = [
        "/".join(map(bare_name, column.path)),
        column.heading,
    ]  # differ where a unit stands after a slash
    return list(dict.fromkeys([*headings, *filter(None, [column.code])]))


def _part_headings(fields: list[DraftedField]) -> None:
    """Give fields that share a heading what tells them apart: their code, else their unit of measure."""
    known = [part.headings[0] for part in fields if part.headings and part.role != "shared"]
    used: set[str] = set()
    for part in fields:
        if not part.headings or known.count(part.headings[0]) == 1:
            continue
        heading, column = part.headings[0], part.column
        if column.code:
            part.headings = [column.code]
        elif column.unit and f"{heading}/{column.unit}" not in used:
            part.headings = [f"{heading}/{column.unit}"]
            column.doubts.pop("heading", None)
        elif heading in used:
            part.headings = [f"{heading}（第{column.at + 1}栏）"]
        used.update(part.headings)


def _place_name(drafted: DraftedField, namer: Namer) -> str:
    names = {"village": "village_code", "village_level": "village_code", "township": "township_code"}
    name = names.get(drafted.place or "", "township_code" if drafted.place else "place_name")
    if name in namer.used:
        name = f"{name.removesuffix('_code')}_{len(namer.used)}_code"
        drafted.column.doubt("name", "地名不止一栏，名称待改")
    return namer.take(name)


def _choose_key(fields: list[DraftedField]) -> None:
    """Choose what a row is known by: what a stock form knows it by, a number of its own, or its place."""
    read = [part for part in fields if part.is_read]
    if any(part.key for part in read):
        return
    numbers = [part for part in read if part.type == "code" and _is_unique(part.column)]
    places = [part for part in read if part.role == "place"]
    names = [
        part
        for part in read
        if part.type == "text" and part.role == "data" and re.search("名称$", part.column.leaf)
    ]
    known_by = sorted(
        numbers + places, key=lambda part: part.column.at
    )  # a place before a number of its own is the key
    chosen = known_by[:1] or names[:1]
    for part in chosen:
        part.key = True
        if part in names or (part in places and not _is_unique(part.column)):
            part.column.doubt("key", "主键待定：一行靠什么认")
        elif part not in numbers and any(other.role == "personal" for other in fields):
            part.column.doubt("key", "有个人信息栏没有读，一行靠什么认，请定")


def _is_unique(column: PrintedColumn) -> bool:
    texts = [text for text, _ in column.filled]
    return len(texts) == len(set(texts))
