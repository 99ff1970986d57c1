"""The TOML of a drafted form: a contract with its fields, what is unsure marked on its line with 待核."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sources.drafting.fields import BESIDE, DraftedField
from sources.drafting.forms import DraftedForm
from sources.drafting.tables import PrintedTable
from sources.layout.column_name import bare_name

MARK = "待核"


@dataclass(frozen=True)
class TextLayoutDraft:
    """What a text file adds to the draft of its table."""

    delimiter: str
    quote: str
    header: bool
    fields: list[str] = field(default_factory=list)
    period_column: str | None = None
    has_trailer: bool = False


def write_toml(form: DraftedForm, text: TextLayoutDraft | None = None) -> str:
    """Write the contract of a drafted form."""
    parts = [
        _write_head(form),
        _write_text_layout(text) if text else _write_workbook(form),
        _write_columns(form),
        _write_ignored(form),
        _write_form(form),
        *(_write_field(form, part) for part in form.read_fields),
        *_write_rules(form),
        _write_example(form),
    ]
    return "\n".join("\n".join(part) + "\n" for lines in parts if (part := list(lines)))


def quoted(text: str) -> str:
    """Write a text as TOML does."""
    return json.dumps("".join(c for c in text if c.isprintable()), ensure_ascii=False)


def _list(texts: list[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


def _line(key: str, value: str, *whys: str | None) -> str:
    """Write a key with its value; whys: what is unsure of it."""
    doubts = "；".join(dict.fromkeys(filter(None, whys)))
    return f"{key} = {value}" + (f"  # {MARK}：{_one_line(doubts)}" if doubts else "")


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in text))


def _write_head(form: DraftedForm) -> Iterator[str]:
    doubts = form.doubts
    yield f"# {_one_line('、'.join(form.titles) or form.sheet.name)}：xiangcang draft 起草。标有“{MARK}”的各行看过、改过再用。"
    yield _line("table", quoted(form.name), doubts.get("table"))
    yield _line("title", _list(form.titles or [form.sheet.name]), doubts.get("title"))
    yield _line("reporters", _list(_guess_reporters(form)), doubts.get("reporters"))
    yield _line("cadence", quoted(form.cadence), doubts.get("cadence"))
    yield _line("due_days", "31", doubts.get("due_days"))
    if form.cumulative:
        yield _line("cumulative", "true", doubts.get("cumulative"))
    yield _line("totals", quoted(form.totals), doubts.get("totals"))
    if form.not_totalled:
        yield _line("not_totalled", _list(form.not_totalled), "比率、单产一类，各行之和不是合计")
    if _has_unfilled_rows(form):
        yield "skip_unfilled_rows = true"
    if marks := _odd_marks(form):
        yield _line("missing", _list(marks), "这些记号当作没有填")


def _has_unfilled_rows(form: DraftedForm) -> bool:
    """Tell whether rows are printed of which only the labels are filled."""
    measured = [part.column.kinds for part in form.read_fields if part.type not in ("text", "code")]
    blank = (
        any(set(kinds) == {" "} for kinds in zip(*measured, strict=True)) if form.shape == "rows" else False
    )
    return bool(measured) and (bool(form.rows.unfilled) or blank)


def _guess_reporters(form: DraftedForm) -> list[str]:
    levels = {part.place for part in form.fields if part.role == "place"}
    return ["bureau"] if levels & {"township", "township_level"} else ["township"]


def _odd_marks(form: DraftedForm) -> list[str]:
    """List the signs that stand in place of numbers."""
    texts = {
        text
        for part in form.read_fields
        if part.type in ("count", "number", "yuan", "pct")
        for text, kind in part.column.filled
        if kind == "t" and re.fullmatch(r"[=*…\\.×xX~～]+", text)
    }
    return sorted(texts)


def _write_workbook(form: DraftedForm) -> Iterator[str]:
    rows, lines, down = form.rows, form.lines, form.down
    yield "[workbook]"
    yield _line("shape", quoted(form.shape))
    if not form.titles:
        yield _line("sheet", _list([form.sheet.name]), "没有表题，按工作表名认")
    if "reporter" in lines:
        yield _line("reporter_line", _list([lines["reporter"]]))
    if "period" in lines:
        yield _line("period_line", _list([lines["period"]]))
    if "unit" in lines:
        yield _line("unit_line", _list([lines["unit"]]), form.doubts.get("unit_line"))
    elif "unit_line" in form.doubts:
        yield f"# {MARK}：没有写 unit_line，{_one_line(form.doubts['unit_line'])}"
    if down is not None:
        yield from _write_down(form)
    else:
        yield from _write_header(form.table)
    if rows.total_labels:
        yield _line("total_rows", _list(list(rows.total_labels)))
    if rows.memo_labels:
        yield _line("memo_rows", _list(list(rows.memo_labels)))
    yield _line("footer", _list(_footers(form)))
    if "place" in lines and down is not None:
        yield ""
        yield "[workbook.lines]"
        yield _line("village_code", _list([lines["place"]]))


def _write_header(table: PrintedTable) -> Iterator[str]:
    """Write where the header is: the text that it begins with, and how many rows have headings."""
    first = _first_text(table, table.top)
    if first and all(_first_text(table, row) != first for row in table.head):
        yield _line("header_starts_at", quoted(first))
        yield f"header_rows = {max(table.heading_rows) - table.top + 1}"
    else:
        yield _line("header_rows", str(table.body - table.top), "表头从哪一行起不好认")


def _first_text(table: PrintedTable, row: int) -> str:
    return next(filter(None, table.block.own_texts(row)), "")


def _write_down(form: DraftedForm) -> Iterator[str]:
    down = form.down
    assert down is not None
    if down.unit is not None:
        yield _line("unit_column", _list([down.headings[down.unit]]))
    if down.code is not None:
        yield _line("code_column", _list([down.headings[down.code]]))
    yield _line("value_column", _list(list(dict.fromkeys(down.headings[at] for at in down.values))))
    if form.value_name is not None:
        why = "几栏数各是什么，填入此项" if form.value_name == "value_kind" else None
        yield _line("value_name", quoted(form.value_name), why)


def _footers(form: DraftedForm) -> list[str]:
    usual = ["单位负责人", "填表人", "统计负责人", "报出日期", "注", "说明", "联系电话"]
    return list(dict.fromkeys([*form.rows.footer_labels, *usual]))


def _write_text_layout(text: TextLayoutDraft) -> Iterator[str]:
    yield "[text]"
    yield _line("delimiter", quoted(text.delimiter) if text.delimiter != "\t" else '"\\t"')
    yield _line("quote", quoted(text.quote))
    yield f"header = {str(text.header).lower()}"
    if not text.header:
        yield _line("fields", _list(text.fields), "没有表头，各栏名称请照制度改")
    if text.period_column:
        yield _line("period_column", quoted(text.period_column))
    if text.has_trailer:
        yield f"# {MARK}：末行像是合计，请照 docs 写 trailer"


def _write_columns(form: DraftedForm) -> Iterator[str]:
    yield "[columns]"
    for part in form.read_fields:
        if part.headings:
            yield _line(part.name, _list(part.headings), part.doubts.get("heading"), part.doubts.get("name"))
    townships = [part for part in form.fields if part.role == "township"]
    if townships:
        yield ""
        yield "[places]"
        yield _line("township", _list(townships[0].headings), None)


def _write_ignored(form: DraftedForm) -> Iterator[str]:
    ignored = [part for part in form.fields if part.role in ("ignored", "personal") and part.headings]
    ignored += [part for part in form.fields if part.role == "township"][1:]
    lines = {part.headings[0]: (part.reason or "另一栏乡镇", part.doubts.get("role")) for part in ignored}
    if form.down is not None:
        lines |= {form.down.headings[at]: ("合计或另一期的数，不入库", None) for at in form.down.others}
    if any(part.role == "shared" and part.reason != BESIDE and part.column.filled for part in form.fields):
        lines[""] = ("没有表头的列，不入库", None)
    if lines:
        yield "[ignored_columns]"
    for heading, (reason, why) in lines.items():
        yield _line(quoted(heading), quoted(reason), why)


def _write_form(form: DraftedForm) -> Iterator[str]:
    yield "[form]"
    title = form.titles[0] if form.titles else form.sheet.name
    yield _line("title", quoted(title), form.doubts.get("form"))


def _write_field(form: DraftedForm, part: DraftedField) -> Iterator[str]:
    doubts, column = part.doubts, part.column
    yield f"[fields.{part.name}]"
    yield _line("title", quoted(_title(form, part)), doubts.get("role"))
    no_unit = doubts.get("unit") if part.unit is None else None
    yield _line("type", quoted(part.type), doubts.get("type"), no_unit)
    if part.unit is not None:
        line = _line("unit", quoted(part.unit), doubts.get("unit"))
        if column.unit and column.unit != part.unit:
            line += f"{'；' if '#' in line else '  # '}表上印“{_one_line(column.unit)}”，读入时换算"
        yield line
    if part.place is not None:
        yield _line("place", quoted(part.place))
    if part.key:
        yield _line("key", "true", doubts.get("key"))
    else:
        yield 'blank = "missing"'


_PLACES = {
    "village": "村",
    "village_level": "村（社区）",
    "township": "乡镇",
    "township_level": "乡镇（街道）",
}


def _title(form: DraftedForm, part: DraftedField) -> str:
    """Give the title of a field: its lowest heading, with the one above it where others are called the same."""
    column = part.column
    if part.place is not None and part.role == "place":
        return _PLACES.get(part.place, "地名")
    leaves = [other.column.leaf for other in form.read_fields]
    path = [bare_name(text).strip("、.:") for text in column.path] or ["名称"]
    return "／".join(path[-2:]) if leaves.count(column.leaf) > 1 and len(path) > 1 else path[-1]


def _write_rules(form: DraftedForm) -> Iterator[Iterator[str]]:
    for rule in form.rules:
        if rule.doubt is None:
            lines = ["[[rules]]", _line("rule", quoted(rule.text))]
            if rule.broken:
                why = f"这份表里有 {rule.broken} 行不合，故只提醒；要退回的删去此行"
                lines.append(_line("severity", '"flag"', why))
            yield iter(lines)
        else:
            yield iter([f"# {MARK}：表上印有“{_one_line(rule.text)}”，{rule.doubt}"])


def _write_example(form: DraftedForm) -> Iterator[str]:
    """Write, as a comment, how an indicator is added."""
    numbers = [part for part in form.read_fields if part.type in ("count", "number", "yuan")]
    if not numbers:
        return
    first = numbers[0]
    yield "# 要成为指标的，照此各添一节："
    yield "# [[indicators]]"
    yield f"# code = {quoted(form.name + '_' + first.name)}"
    yield f"# name = {quoted(_title(form, first))}"
    yield f"# name_en = {quoted(first.name.replace('_', ' '))}"
    yield f"# unit = {quoted(first.unit or '个')}"
    yield '# kind = "stock"                # 期末数 stock，本期发生数 flow'
    yield f"# definition = {quoted(_title(form, first))}"
    yield f'# value = {{ aggregate = "sum", field = {quoted(first.name)} }}'
