"""Drafts of forms: all that a contract of a table would say, put together from what its sheet prints."""

import re
from dataclasses import dataclass, field
from typing import Literal

from schemas.field import Column
from sources.county.references import References
from sources.drafting.columns import PrintedColumn, read_columns, read_unit_lines
from sources.drafting.down import IndicatorsDown, are_places, headings_of, read_indicators_down
from sources.drafting.field_types import find_type, stored_unit
from sources.drafting.fields import DraftedField, describe_columns, level_of
from sources.drafting.labels import PERIOD, PLACE, REPORTER, UNIT, label_of
from sources.drafting.names import Namer, propose_table_name
from sources.drafting.personal import reason_to_ignore
from sources.drafting.printed import DraftedRule, check_totals, read_rules
from sources.drafting.rows import PrintedRows, read_rows
from sources.drafting.tables import PrintedTable, find_tables
from sources.reading.cells import Sheet, Workbook
from sources.text.period_mention import find_mentions
from sources.text.squeeze import squeeze
from sources.text.unit import MUST_BE_STATED, dimension, factor

Cadence = Literal["year", "quarter", "month"]


@dataclass
class DraftedForm:
    """A form as it is drafted from one table of a sheet.

    doubts: by key of the contract, why it is unsure. lines: by kind of line over the table, its label. value_name: the
    field that the headings over several columns of values fill. copies: further tables of the same form in the file.
    """

    table: PrintedTable
    shape: Literal["rows", "form"]
    name: str
    titles: list[str]
    fields: list[DraftedField]
    rows: PrintedRows
    cadence: Cadence
    cumulative: bool = False
    totals: Literal["must_agree", "report", "none"] = "none"
    not_totalled: list[str] = field(default_factory=list)
    rules: list[DraftedRule] = field(default_factory=list)
    lines: dict[str, str] = field(default_factory=dict)
    down: IndicatorsDown | None = None
    value_name: str | None = None
    copies: int = 0
    doubts: dict[str, str] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        return self.table.block.sheet

    @property
    def read_fields(self) -> list[DraftedField]:
        """The fields of the form, in the order of its columns."""
        return [part for part in self.fields if part.is_read]


def draft_workbook(workbook: Workbook, references: References, like: str | None = None) -> list[DraftedForm]:
    """Draft a form for every table of every sheet that is shown; a sheet without a table gives none."""
    forms: list[DraftedForm] = []
    for sheet in workbook.sheets:
        if not sheet.hidden and not _NO_DATA.search(squeeze(sheet.name)):
            forms += [draft_table(table, references, like) for table in find_tables(sheet)]
    forms = _join_copies([form for form in forms if form.read_fields])
    _part_names(forms, references)
    return forms


_NO_DATA = re.compile(r"^(?:填表)?说明|填报说明|编制说明|指标解释|封面$|^目录$")
"""Names of sheets that hold no form."""


def _join_copies(forms: list[DraftedForm]) -> list[DraftedForm]:
    """Keep the first of several tables of one form, as of a sheet a village."""
    first: dict[tuple[object, ...], DraftedForm] = {}
    for form in forms:
        printed = [(part.column.path, part.column.unit, part.column.code) for part in form.fields]
        key = (form.shape, tuple(form.titles), *printed)
        if key in first:
            first[key].copies += 1
        else:
            first[key] = form
    return list(first.values())


def draft_table(table: PrintedTable, references: References, like: str | None = None) -> DraftedForm:
    """Draft the form of one table."""
    namer = Namer(references, like)
    down = read_indicators_down(table)
    rows = PrintedRows(footers=down.footers) if down else read_rows(table)
    titles = _choose_titles(table)
    name, is_whole = propose_table_name(titles[0] if titles else "")
    cadence, cumulative, is_stated_cadence = _read_cadence(table)
    form = DraftedForm(
        table,
        "form" if down else "rows",
        name or "form",
        titles,
        [],
        rows,
        cadence,
        cumulative=cumulative,
        lines=_read_lines(table),
        down=down,
    )
    if down:
        form.fields = _describe_indicators(form, down, namer)
    else:
        form.fields = describe_columns(read_columns(table, rows.records), namer)
        form.totals, form.not_totalled = check_totals(form.fields, table, rows, form.doubts)
    form.rules = read_rules(table, form.fields)
    _weigh_unit_line(form)
    _doubt(form, is_whole=is_whole and bool(name), has_cadence=is_stated_cadence)
    return form


def _weigh_unit_line(form: DraftedForm) -> None:
    """Leave the line with units of measure out where a heading prints another size of one, and none needs the line."""
    stated = read_unit_lines(form.table) if "unit" in form.lines else []
    units = [(part.column.unit, part.type) for part in form.read_fields if part.column.unit]
    scales = [(unit, factor(unit, line)) for unit, _ in units for line in stated if unit not in stated]
    disagreeing = [unit for unit, scale in scales if scale not in (None, 1)]
    if not disagreeing:
        return
    form.doubts["unit_line"] = f"表上写“单位：{'、'.join(stated)}”，而有的表头印 {disagreeing[0]}"
    if not any(unit in stated and dimension(unit) in MUST_BE_STATED for unit, _ in units):
        del form.lines["unit"]


def _doubt(form: DraftedForm, *, is_whole: bool, has_cadence: bool) -> None:
    """Mark what no sheet says, and what this one says too little of."""
    if not is_whole:
        form.doubts["table"] = "表的英文名称请改定；文件名以它开头"
    if not form.titles:
        form.doubts["title"] = "没有找到表题；按工作表名认的请写 [workbook] sheet"
    elif len(form.table.titles) > 1:
        form.doubts["title"] = "表上不止一行像表题，请选定"
    form.doubts["reporters"] = "谁报，表上看不出"
    form.doubts["due_days"] = "期末后几日内报，表上看不出"
    if not has_cadence:
        form.doubts["cadence"] = "表上没有写明报告期"
    if form.cumulative:
        form.doubts["cumulative"] = "表上写的是从一月起的累计"
    if not any(part.key for part in form.read_fields):
        form.doubts["form"] = "没有看出主键：一行靠什么认"


def _choose_titles(table: PrintedTable) -> list[str]:
    """Choose the title among the texts that stand alone over a table; the likeliest first."""
    name = re.sub(r"[_()]", "", squeeze(table.block.sheet.name))

    def likeness(text: str) -> tuple[int, int]:
        same = len(set(re.sub(r"[_()]", "", text)) & set(name))
        ends = (
            re.search(r"(?:表|情况|台账|名册|名单|登记簿|汇总|资料|收入|面积|产量)(?:\(.*\))?$", text)
            is not None
        )
        return 2 * ends + (2 * same > len(text)), len(text)

    titles = [text for text in table.titles if not re.match(r"附件|附表\d*$|单位|目录$", text)]
    ordered = sorted(titles, key=likeness, reverse=True)[:1]
    return [_without_period(title) for title in ordered]


_PERIOD_BEFORE = re.compile(
    r"^.{0,12}?(?:19|20)\d\d年度?(?:第?[一二三四1-4]季度|上半年|下半年|\d{1,2}(?:[-至—]\d{1,2})?月份?)?"
)
_PERIOD_BEHIND = re.compile(
    r"[(](?:(?:19|20)\d\d年?)?(?:第?[一二三四]季度|\d{1,2}月份?|[年月季]报)[)]$|\((?:计量)?单位:[^)]*\)"
)


def _without_period(title: str) -> str:
    """Take the period off the ends of a title: it changes, and titles are found inside longer texts."""
    title = _PERIOD_BEFORE.sub("", title) or title
    return _PERIOD_BEHIND.sub("", title) or title


def _read_cadence(table: PrintedTable) -> tuple[Cadence, bool, bool]:
    """Read from titles and lines how often a form comes, whether it counts from January, and whether they say so."""
    texts = [text for row in table.head for text in table.block.own_texts(row) if text]
    texts += [text for row in table.heading_rows[:1] for text in table.block.own_texts(row)]
    kinds = {mention.kind for text in texts for mention in find_mentions(text) if mention.is_of_figures}
    joined = " ".join(texts)
    cadences: dict[str, Cadence] = {"月报": "month", "季报": "quarter", "年报": "year"}
    of_kinds: dict[str, Cadence] = {"month": "month", "quarter": "quarter", "year": "year"}
    if "span" in kinds:
        return "month", True, True
    by_words = [cadence for word, cadence in cadences.items() if word in joined]
    cadence = [*by_words, *(cadence for kind, cadence in of_kinds.items() if kind in kinds)]
    return (cadence[0], False, True) if cadence else ("year", False, False)


def _read_lines(table: PrintedTable) -> dict[str, str]:
    """Read the labels of the lines over a table: of the reporter, the period, the unit of measure, a village."""
    lines: dict[str, str] = {}
    for row in table.head:
        for column in table.block.filled_columns(row):
            text = table.block.sheet.text[row][column]
            for kind, labels in (
                ("reporter", REPORTER),
                ("period", PERIOD),
                ("unit", UNIT),
                ("place", PLACE),
            ):
                if kind not in lines and (label := label_of(text, labels)):
                    lines[kind] = label
    if "unit" in lines and not read_unit_lines(table):
        del lines["unit"]
    return lines


def _describe_indicators(form: DraftedForm, down: IndicatorsDown, namer: Namer) -> list[DraftedField]:
    fields = [_place_of_line(form, namer)] if "place" in form.lines else []
    if len(down.values) > 1:
        fields.append(_kind_of_values(form, down, namer))
        form.value_name = fields[-1].name
    for column, headings in zip(down.indicators, headings_of(down), strict=True):
        if personal := reason_to_ignore(column):
            fields.append(DraftedField(column, "personal", reason=personal[0], headings=headings[-1:]))
            continue
        drafted = DraftedField(column, "data", headings=headings)
        _name_indicator(drafted, namer)
        fields.append(drafted)
    return fields


def _place_of_line(form: DraftedForm, namer: Namer) -> DraftedField:
    column = PrintedColumn(form.table.top, (form.lines["place"],))
    place = DraftedField(column, "place", name=namer.take("village_code"), place="village", key=True)
    place.headings = []
    return place


def _kind_of_values(form: DraftedForm, down: IndicatorsDown, namer: Namer) -> DraftedField:
    """Make the field that the headings over several columns of values fill: a place, or what is still to be named."""
    texts = [down.headings[at] for at in down.values]
    if are_places(texts):
        column = PrintedColumn(form.table.top, ("村" if any("村" in text for text in texts) else "乡镇",))
        column.texts, column.kinds = texts, "t" * len(texts)
        drafted = DraftedField(column, "place", place=level_of(column), key=True)
        drafted.name = namer.take("village_code" if "village" in (drafted.place or "") else "township_code")
        return drafted
    column = PrintedColumn(form.table.top, ("类别",))
    column.doubt("name", "几栏数的表头填入此项，名称、标题待定")
    column.doubt("heading", f"取自表头：{'、'.join(texts)}")
    return DraftedField(column, "data", name=namer.take("value_kind"), key=True)


def _name_indicator(drafted: DraftedField, namer: Namer) -> None:
    column = drafted.column
    stock = namer.stock_field(column)
    drafted.type = find_type(column)
    if stock is not None and stock.name not in namer.used and _fits(stock, drafted):
        drafted.name, drafted.unit = namer.take(stock.name), stock.unit
        if stock.unit and column.unit is None:
            column.doubt("unit", f"表上没有印单位，照库存的表作“{stock.unit}”")
        if stock.unit is None and stock.dtype.is_numeric() is False and stock.allowed is None:
            drafted.type = "yes_no" if str(stock.dtype) == "Boolean" else drafted.type
        return
    drafted.unit = stored_unit(drafted.type, column.unit)
    drafted.name = namer.name(column, drafted.unit, place=f"item_{column.code or column.at + 1}")


def _fits(stock: Column, drafted: DraftedField) -> bool:
    return stock.unit is not None or drafted.column.unit is None


def _part_names(forms: list[DraftedForm], references: References) -> None:
    """Give forms of one file names of their own, which no stock form has."""
    used = set(references.tables)
    for form in forms:
        name, number = form.name, 2
        while form.name in used:
            form.name, number = f"{name}_{number}", number + 1
            form.doubts.setdefault("table", "表的英文名称请改定；文件名以它开头")
        used.add(form.name)
