"""Contracts: the models of the TOML that describes one form in one layout. Unknown keys are errors."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, StrictBool, model_validator

from schemas.field import Column, Place
from schemas.files.strict import Strict
from sources.county.contract_layout import (
    DayFormat,
    Digits,
    Labels,
    Lacks,
    PlaceLayout,
    TemplateTerms,
    TextLayout,
    UnitName,
    WorkbookLayout,
)
from sources.text.period import Grain, is_period
from sources.text.period_heading import PeriodHeadings
from sources.text.squeeze import squeeze, squeezed_pattern

ANSWERS_HEADING, ANSWERS = "说明", "填报单位的说明，不是数据"
"""A column that any form may have beside its own, in which a sender answers queries; and why it is not read as data."""

FRAMES = r"(none|printed|register|stock|list:\w+|open:\w+|form:\w+)"
_FRAME_EXAMPLES = ["none", "printed", "register", "stock", "list:字段", "open:字段", "form:表"]
_EXAMPLES: dict[Grain, str] = {
    "year": "2022", "half": "2022-H1", "quarter": "2022-Q1", "month": "2022-06", "ten_days": "2022-06-D1",
    "date": "2022-06-30",
}  # fmt: skip


class FormContract(Strict):
    """One form in one layout: what contracts of workbooks and of text files have in common.

    reporters: kinds that must report (`township`), or one reporter (`bank:<code>`).
    owed: whether the form is expected of each of them for every period (`always`), or only from its first
    report on (`once_begun`), as where those without sites send nothing.
    accept: `whole` keeps the predecessor in force when a row is rejected; `rows` takes the good rows.
    totals: printed totals that disagree reject the delivery (`must_agree`), are only recorded
    (`report`), or do not exist (`none`). totals_left_out_by: the reporters that print none all the same, `*` for
    any; where `must_agree`, a sheet of another that lacks them is taken for cut short.
    cadence: how often it comes; `ten_days` is the first, second or last third of a month (2022-06-D1), `half` half a
    year (2022-H1); a form that comes `once` says in first of which period.
    period: the grain of its period, where that is not the cadence, of what comes once the year.
    cumulative: whether its amounts count from January to the end of the period, as fields named `_ytd_` do.
    first, last: the first and last period of which the form is reported, where it has one.
    columns: the headers of each field: a heading, with those above it if need be (`耕地/水田`), or the
    code in the header's code row; the empty text is the first column of texts under no heading. Parts of the
    delivery's period may stand in a heading (`{year}年{quarter}季度`, `{last_year}年末`): that of another period is refused.
    ignored_columns: why a column is not read, by its heading or that of its group; `*` stands for any
    other heading, the empty text for what stands beside the table under none.
    units: per field, the unit in which the form is filled where the sheet prints none; one that is printed and
    differs is a reason to refuse.
    numeric_codes: the codes that may be stored as numbers, with how many digits each has (zeros in front that a
    number has lost come back); 0 where that differs.
    missing: texts that say that there is no value, beside the usual ones, in any case of their letters.
    formats: per date field, how a day is written, as a format of strptime, where the usual ways do not fit; `excel`
    for day numbers.
    values: per field, what a text stands for; `*` stands for any other text, the empty text for a blank cell.
    frame: what its rows can be held against. `register`: the keys of the period before; `stock`: the notes of the
    period before that have a balance and are not due; `open:field`: the rows of the period before whose field was blank;
    `list:field`: the villages, or villages and communities, of the reporter; `form:table`: the keys of another form of
    the same reporter and period; `printed`: the totals and counts in the file alone; `none`: nothing.
    lacks: how much of the frame a delivery may lack before it is held.
    skip_unfilled_rows: pass over rows of which only the labels are filled; without it they are records.
    """

    name: str = Field(description="文件名去掉 .toml，不必写")
    table: str = Field(description="行读入哪张表；文件名以它开头")
    title: Labels = Field(min_length=1, description="表题的各种写法，第一个是正名")
    reporters: list[str] = Field(
        default=[], description="谁报送：类别（`township`、`bureau` 等），或 类别:代码；`[]` 是不用此表"
    )
    cadence: Literal["ten_days", "month", "quarter", "half", "year", "once"] = Field(
        description="多久报一次；`ten_days` 旬，`half` 半年，`once` 只报一次（用 first 写明哪一期）"
    )
    due_days: int = Field(ge=0, description="期末后几日内报")
    owed: Literal["always", "once_begun"] = Field(
        default="always", description="`always` 每期都应报；`once_begun` 报过一次之后才应报"
    )
    accept: Literal["whole", "rows"] = Field(
        default="whole", description="`whole` 有一行退回就整份不计；`rows` 好的行计入"
    )
    totals: Literal["must_agree", "report", "none"] = Field(
        default="must_agree",
        description="所印合计不符时：`must_agree` 退回，`report` 只记下，`none` 表上没有合计",
    )
    totals_left_out_by: Labels = Field(default=[], description="哪些单位一向不印合计，`*` 是任何单位")
    pairs_with: str | None = Field(default=None, description="与哪个表式成对，如存量与发生额")
    period: Grain | None = Field(default=None, description="报告期写到年、季、月还是日，与 cadence 不同时用")
    frame: str = Field(
        default="none",
        pattern=f"^{FRAMES}$",
        examples=_FRAME_EXAMPLES,
        description=(
            "行数与什么比：`register` 上期的主键，`stock` 上期未结清的借据，"
            "`list:字段` 名录里的村，`open:字段` 上期该字段为空的行，`form:表` 同期另一种表，"
            "`printed` 表上的合计，`none` 不比"
        ),
    )
    lacks: Lacks = Field(default=Lacks(), description="少到什么程度待核实")
    cumulative: StrictBool = Field(default=False, description="数是否从一月累计")
    first: str | None = Field(default=None, description="自哪一期开始报")
    last: str | None = Field(default=None, description="报到哪一期为止")
    columns: dict[str, Labels] = Field(
        description="各字段的表头：上级表头用 / 连着；也可写代码；可写 {year} 等报告期的部分"
    )
    not_totalled: Labels = Field(default=[], description="合计行里不核对的字段")
    missing: Labels = Field(default=[], description="还有哪些文字表示没有数")
    skip_unfilled_rows: bool = Field(default=False, description="只填了名称的行是否不算")
    places: PlaceLayout = Field(default=PlaceLayout(), description="地名怎么查")
    units: dict[str, UnitName] = Field(default={}, description="表上没有印计量单位的一栏按什么单位填")
    template: TemplateTerms = Field(default=TemplateTerms(), description="空白表样另印什么")
    numeric_codes: dict[str, Digits] = Field(
        default={}, description="可以存成数字的编号，各有几位；位数不定写 0"
    )
    formats: dict[str, DayFormat] = Field(
        default={}, description="日期的写法，照 strptime；Excel 的日期序号写 `excel`"
    )
    values: dict[str, dict[str, str]] = Field(
        default={}, description="某字段里一种写法读作什么；`*` 其余任何写法，空文本是空格"
    )
    ignored_columns: dict[str, str] = Field(default={}, description="不读的栏及原因；`*` 其余任何表头")

    @property
    def grain(self) -> Grain:
        """The grain of its period."""
        return self.period or ("year" if self.cadence == "once" else self.cadence)

    @property
    def rhythm(self) -> Grain:
        """How often it comes; of a form that comes once, the grain of its period."""
        return self.grain if self.cadence == "once" else self.cadence

    @property
    def last_period(self) -> str | None:
        """The last period of which it is reported; the only one, where it comes once."""
        return self.first if self.cadence == "once" else self.last

    @model_validator(mode="after")
    def _check_periods(self) -> "FormContract":
        to_date = [field for field in self.columns if "_ytd_" in field]
        if to_date and not self.cumulative:
            raise ValueError(f"{to_date[0]} 是从一月起的累计数，须写明 cumulative = true")
        if self.cumulative and self.grain not in ("quarter", "month"):
            raise ValueError("cumulative 只用于按月或按季报送的表")
        for key, period in (("first", self.first), ("last", self.last)):
            if period is not None and not is_period(period, self.grain):
                raise ValueError(f"{key} 的“{period}”应写作如 {_EXAMPLES[self.grain]}")
        if self.cadence == "once" and (self.first is None or self.last is not None):
            raise ValueError('只报一次的表（cadence = "once"）须用 first 写明报哪一期，不写 last')
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"first 的“{self.first}”晚于 last 的“{self.last}”")
        return self

    def level_of(self, column: Column) -> Place | None:
        """Return the level at which a column's names are looked up, None for one that holds no places."""
        return self.places.level.get(column.name, column.place)

    @cached_property
    def missing_pattern(self) -> re.Pattern[str] | None:
        """The pattern of the texts that say that there is no value, in any case of their letters; None without any."""
        return re.compile("|".join(map(squeezed_pattern, self.missing))) if self.missing else None

    @cached_property
    def field_of_header(self) -> dict[str, str]:
        """Normalized header text to field. Raises ValueError when two fields share a header."""
        fields: dict[str, str] = {}
        for field, headers in self.columns.items():
            for header in map(squeeze, headers):
                if fields.setdefault(header, field) != field:
                    raise ValueError(
                        f"表头“{header}”既是 {fields[header]} 又是 {field}；一个表头只能归一个字段"
                    )
        for code in filter(str.isdigit, list(fields)):  # a code that became a number lost its zeros
            fields.setdefault(code.lstrip("0"), fields[code])
        return fields

    @cached_property
    def dated_fields(self) -> PeriodHeadings:
        """The fields of headings with a period in them."""
        return PeriodHeadings.among(self.field_of_header)

    @cached_property
    def dated_reasons(self) -> PeriodHeadings:
        """The reasons why columns under headings with a period in them are not read."""
        return PeriodHeadings.among(self.ignored_headers)

    def is_dated(self, names: Sequence[str]) -> bool:
        """Whether one of a column's names is a heading with some period in it."""
        return bool(self.dated_fields.find_of_any(names) or self.dated_reasons.find_of_any(names))

    def field_of(self, names: Sequence[str], period: str) -> str | None:
        """Find the field of a column by its names, the most specific first, in a delivery of a period."""
        fields = self.field_of_header
        plain = next((fields[name] for name in names if name in fields), None)
        return plain or self.dated_fields.find(names, period)

    def reason_to_ignore(self, names: Sequence[str], period: str) -> str | None:
        """Find why a column of these names is not read in a delivery of a period."""
        reasons = self.ignored_headers
        plain = next((reasons[name] for name in names if name in reasons), None)
        answer = ANSWERS if ANSWERS_HEADING in names else None
        return plain or self.dated_reasons.find(names, period) or answer

    @cached_property
    def ignored_headers(self) -> dict[str, str]:
        """Normalized header text to the reason why the column is not read."""
        return {squeeze(header): reason for header, reason in self.ignored_columns.items()}

    def needs(self, column: Column) -> bool:
        """Whether a delivery without this column is refused."""
        return not column.nullable or (column.blank_only_if_absent and column.name in self.columns)

    def expects(self, kind: str, reporter_code: str) -> bool:
        """Whether this reporter is one that sends the form."""
        return kind in self.reporters or f"{kind}:{reporter_code}" in self.reporters


class WorkbookContract(FormContract):
    """A form that arrives in workbooks."""

    workbook: WorkbookLayout = Field(description="表在工作簿里怎么排")

    @cached_property
    def dated_values(self) -> PeriodHeadings:
        """The headings of value columns with a period in them."""
        return PeriodHeadings.among({squeeze(label): "value" for label in self.workbook.value_column})

    @property
    def has_dated_headings(self) -> bool:
        """Whether a heading has a period in it, so that the period must be known before a sheet is laid out."""
        dated = (self.dated_fields, self.dated_reasons, self.dated_values)
        return any(headings.meanings for headings in dated)

    def owes_totals(self, reporter_code: str) -> bool:
        """Whether a sheet of this reporter without totals is taken for cut short."""
        prints = self.totals == "must_agree" and bool(self.workbook.total_rows)
        return prints and {"*", reporter_code}.isdisjoint(self.totals_left_out_by)


class TextContract(FormContract):
    """A form that arrives in delimited text files."""

    text: TextLayout = Field(description="文本文件怎么排")


Contract = WorkbookContract | TextContract


def contract_of(terms: Mapping[str, Any]) -> Contract:
    """Make the contract of the parsed TOML. Raises ValueError."""
    if ("workbook" in terms) == ("text" in terms):
        raise ValueError("应有 [workbook] 或 [text] 之一，不得都写或都不写")
    return WorkbookContract(**terms) if "workbook" in terms else TextContract(**terms)
