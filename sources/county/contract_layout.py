"""Parts of contracts: how a form lies in a sheet or a text, and what is stated field by field, with how it is written."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from schemas.field import Place
from schemas.files.strict import Strict
from sources.text.unit import is_unit
from sources.text.values import EXCEL_DAYS

_DAY = datetime(2021, 6, 28, tzinfo=UTC)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        place = "" if error.pos is None else f"第 {error.pos + 1} 个字符处"
        raise ValueError(f"不是正则表达式：{place}写法不对") from None
    return pattern


def _reads_days(pattern: str) -> str:
    """Refuse a format in which a day that is written cannot be read back."""
    try:
        is_read = datetime.strptime(_DAY.strftime(pattern), pattern).date() == _DAY.date()
    except ValueError:
        is_read = False
    if not is_read and pattern != EXCEL_DAYS:
        raise ValueError(
            f"“{pattern}”不是年、月、日俱全的日期格式；应如 %Y%m%d，Excel 的日期序号写 {EXCEL_DAYS}"
        )
    return pattern


def _is_known_unit(unit: str) -> str:
    if not is_unit(unit):
        raise ValueError(f"计量单位“{unit}”不认得；应如元、万元、亩、公斤、户、人、%，或元/亩")
    return unit


Regex = Annotated[str, AfterValidator(_compiles)]
DayFormat = Annotated[str, AfterValidator(_reads_days)]
UnitName = Annotated[str, AfterValidator(_is_known_unit)]
Digits = Annotated[int, Field(strict=True, ge=0, le=16)]
"""How many digits a code has; 0 where their number differs."""
Labels = list[str]


class WorkbookLayout(Strict):
    """Layout of a form in a sheet.

    shape `rows`: a record a line under one to eight header rows; `form`: indicators run down, a record
    a value column. Labels are compared without white space. A contract that names sheets is looked
    for in these alone, and takes the whole sheet where no title stands in it.

    `header_starts_at` and `header_ends_at` are the text of the first cell of that header row; without
    them the header is found from the columns' own names. Rows that number the columns or give their
    units of measure belong to it.

    total_rows, memo_rows: texts of a row's label cells, also its line code; memo rows (上年, 增减) are
    not data. lines: fields that a line above the table states. value_name: the field that the heading
    of a value column fills, where a form has more than one.
    """

    shape: Literal["rows", "form"] = Field(
        description="`rows` 一行一条记录，上面有一至八行表头；`form` 指标竖排，一个数量栏一条记录"
    )
    sheet: Labels = Field(default=[], description="只在这些名称的工作表里找；没有表题时取整张")
    ignore_sheets: Labels = Field(default=[], description="不读的工作表，如填表说明")
    reporter_line: Labels = Field(default=[], description="表上写明填报单位的标签")
    period_line: Labels = Field(default=[], description="表上写明报告期的标签")
    unit_line: Labels = Field(default=[], description="表上写明计量单位的标签")
    header_starts_at: str | None = Field(
        default=None, description="表头第一行第一格的文字；不写则由各栏的名称找到表头"
    )
    header_ends_at: str | None = Field(
        default=None, description="表头最后一行第一格的文字，多为“甲”；空文本收回默认"
    )
    header_rows: int | None = Field(default=None, ge=1, le=8, description="表头共几行")
    unit_column: Labels = Field(default=[], description="竖排表里计量单位一栏的表头")
    code_column: Labels = Field(default=[], description="竖排表里代码一栏的表头")
    value_column: Labels = Field(default=[], description="竖排表里数量一栏的表头")
    value_name: str | None = Field(default=None, description="一份表有几个数量栏时，栏名填入哪个字段")
    total_rows: Labels = Field(default=[], description="合计行首格的文字；合计与各行核对，不算数据")
    memo_rows: Labels = Field(default=[], description="上年、增减等行首格的文字；不算数据")
    footer: Labels = Field(default=[], description="表尾各行开头的文字；不读、不存")
    lines: dict[str, Labels] = Field(default={}, description="表头以上写明的字段，各有什么标签")


class TextLayout(Strict):
    """Layout of a form in a delimited text file.

    quote: whether a field may stand in double quotes, and then hold delimiters, line ends and doubled quotes, or
    the format has none. agreed_fields: what a file without a header may have behind `fields`, in all of its lines.
    file_name: a pattern with the group `date` (yyyymmdd), and perhaps more before it.
    trailer: the pattern of the last line, with the groups `rows` and, named by field, the amounts it adds up.
    """

    delimiter: Literal[",", "|", "\t", ";"] = Field(description="分隔符")
    quote: Literal["none", "double"] = Field(
        default="double", description="`double` 可用双引号括起一栏，`none` 没有引号"
    )
    header: bool = Field(description="第一行是不是表头")
    fields: Labels = Field(default=[], description="没有表头的，各栏依次是什么")
    agreed_fields: Labels = Field(default=[], description="没有表头的，各行在 fields 之后还可以有的栏")
    file_name: Regex | None = Field(default=None, description="文件名的正则表达式，须有 (?P<date>…) 一组")
    file_name_required: bool = Field(default=False, description="文件名不合的是否退回")
    period_column: str | None = Field(default=None, description="写明报告期的一栏")
    trailer: Regex | None = Field(
        default=None, description="末行的正则表达式，可有 rows 和以字段命名的各组，与各行核对"
    )

    @property
    def trailer_groups(self) -> frozenset[str]:
        """The names of the trailer's groups: `rows`, and the fields it adds up."""
        return frozenset(re.compile(self.trailer or "").groupindex)

    @model_validator(mode="after")
    def _fields_or_header(self) -> "TextLayout":
        if self.header == bool(self.fields):
            raise ValueError("有表头（header = true）的不写 fields，没有表头的须写 fields")
        if self.agreed_fields and self.header:
            raise ValueError("有表头（header = true）的不写 agreed_fields")
        if self.file_name and "date" not in re.compile(self.file_name).groupindex:
            raise ValueError("file_name 须有名为 date 的一组：(?P<date>\\d{8})")
        if self.trailer and not self.trailer_groups:
            raise ValueError("trailer 须有命名的组：(?P<rows>…) 或字段名")
        return self


class PlaceLayout(Strict):
    """Layout and day of a form's places.

    township: the headers of the column that names the township in which a village lies; in a workbook, a
    field may be filled from it too. on: the day of the list on which places are looked up, where that is not
    the end of the period. level: per field, the level at which its names are looked up, where that is not the
    table's.
    """

    township: Labels = Field(default=[], description="写明所属乡镇的一栏的表头")
    on: date | None = Field(default=None, description="地名按哪一天的名录查；不写则按期末")
    level: dict[str, Place] = Field(default={}, description="各字段按哪一级查，与字段自己写的不同时用")


class TemplateTerms(Strict):
    """What only the blank form prints: what it is called officially, and units that those who fill it think in.

    A unit that a filled form prints is the one it is read by, so these change nothing in how it is read.
    """

    number: str = Field(default="", description="表号，印在空白表样的表题下")
    issued_by: str = Field(default="", description="制定机关")
    valid_until: str = Field(default="", description="有效期至", examples=["2023年12月"])
    units: dict[str, UnitName] = Field(default={}, description="空白表样里一栏按什么单位填，如万元")


class Lacks(Strict):
    """How much of its frame a delivery may lack before it is held: so many rows and this share, or half of it."""

    rows: int = Field(default=2, ge=1, description="比所对照的少了几行以上才待核实")
    share: float = Field(default=0.2, ge=0, lt=1, description="并且少了几成以上；或少了一半")
