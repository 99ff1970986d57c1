"""Templates of text files for banks' systems: a guide to the fields, and the header line."""

import csv
import io
import re
from collections.abc import Mapping

import pandera.polars as pa

from schemas.field import Column
from sources.county.contract import TextContract
from sources.county.references import References
from sources.layout.settle import PERIOD_EXAMPLES
from sources.templates.choices import columns_of
from sources.templates.explain import write_sheet
from sources.templates.limits import limits
from sources.templates.words import how_to_fill, required, rule_titles
from sources.templates.workbook import new_workbook
from sources.text.squeeze import squeeze

_HEADINGS = ("序号", "字段", "含义", "是否必填", "计量单位", "怎么填", "规则", "取值与代码")
_WIDTHS = (6, 24, 40, 10, 10, 24, 44, 36)
_DELIMITERS = {",": "英文逗号", "|": "竖线“|”", "\t": "制表符", ";": "英文分号"}
_QUOTES = {
    "none": "字段不加引号，文字里也不要有英文双引号。",
    "double": "字段里有分隔符、换行或英文双引号的，用英文双引号括住整个字段，里面的双引号写两个。",
}
_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()\\]|\\.)*\)")
_CLASS = re.compile(r"\[([^\]]+)\](?:\{(\d+)\})?")


def fields_of(contract: TextContract, table: list[Column]) -> list[tuple[str, Column | None]]:
    """List the fields of a line in their order: its name, and its column, None where it fills no column."""
    layout = contract.text
    if layout.header:
        headed: list[tuple[str, Column | None]] = [
            (contract.columns[c.name][0] if c.name in contract.columns else c.title, c)
            for c in columns_of(contract, table)
        ]
        return [(layout.period_column, None), *headed] if layout.period_column else headed
    by_name = {column.name: column for column in table}
    known = {name: by_name[field] for name, field in contract.field_of_header.items()}
    return [(name, known.get(squeeze(name))) for name in (*layout.fields, *layout.agreed_fields)]


def header_line(contract: TextContract, table: list[Column]) -> bytes:
    """Write an empty file: its header line, in UTF-8 with byte order mark."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=contract.text.delimiter).writerow(
        [name for name, _ in fields_of(contract, table)]
    )
    return text.getvalue().encode("utf-8-sig")


def write_guide(contract: TextContract, references: References) -> bytes:
    """Write the guide to a contract with [text], as .xlsx; the same bytes every time."""
    table, model = references.columns_to_fill(contract.table), references.tables[contract.table]
    rows = [
        (str(number), *_field_row(contract, name, column, model))
        for number, (name, column) in enumerate(fields_of(contract, table), start=1)
    ]
    data = io.BytesIO()
    with new_workbook(data, contract.title[0]) as book:
        write_sheet(
            book, book.add_worksheet("字段说明"), _write_sentences(contract, table), _HEADINGS, _WIDTHS, rows
        )
    return data.getvalue()


def _field_row(
    contract: TextContract, name: str, column: Column | None, model: type[pa.DataFrameModel]
) -> tuple[str, ...]:
    if column is not None:
        return (
            name,
            f"{column.title}：{column.description}",
            required(contract, column),
            column.unit or "—",
            how_to_fill(column, limits(model, column), is_chosen=False),
            "；".join(rule_titles(model, column)) or "—",
            _describe_values(contract, column),
        )
    if name == contract.text.period_column:
        example = PERIOD_EXAMPLES[contract.grain]
        return name, "数据的日期，每行相同", "必填", "—", f"写作如 {example}", "每个文件只有一个日期", "—"
    return name, "本库不用", "可不填", "—", "可留空，但不可缺少", "—", "—"


def _describe_values(contract: TextContract, column: Column) -> str:
    """List the texts that a field may hold, and the values that they stand for."""
    meanings = contract.values.get(column.name, {})
    texts = [f"{text or '空'} = {meaning}" for text, meaning in meanings.items() if text != "*"]
    texts = [*(column.allowed or ()), *texts]
    if "*" in meanings:
        texts.append(f"其余文字归入“{meanings['*']}”")
    return "、".join(texts) or "—"


def _write_sentences(contract: TextContract, table: list[Column]) -> list[str]:
    layout = contract.text
    first = "第一行是表头，名称照下表" if layout.header else "没有表头，字段的个数和顺序照下表"
    sentences = [
        f"{contract.title[0]}：每行一条，字段以{_DELIMITERS[layout.delimiter]}分隔；{first}。",
        "编码为 UTF-8 或 GB18030（含 GBK）；文件应从系统导出，不要用 Excel 另存。",
        _QUOTES[layout.quote],
    ]
    if layout.agreed_fields:
        names = "、".join(layout.agreed_fields)
        sentences.append(f"{names} 不在制度之内：用到时各行都写在最后，用不到时各行都不写。")
    if layout.file_name:
        shown_name = pattern_in_words(layout.file_name, {"date": "〈8 位日期〉"})
        is_whole = layout.file_name.startswith("^")
        sentences.append(f"文件名{'形如' if is_whole else '中应有'} {shown_name}，如日期 20220630。")
    if layout.trailer:
        titles = {column.name: f"〈{column.title}〉" for column in table} | {"rows": "〈行数〉"}
        sentences.append(f"最后一行是合计：{pattern_in_words(layout.trailer, titles)}；应与各行相加相等。")
    else:
        sentences.append("每行都以换行结束，末行也是：末行没有换行的，当作没有传完。")
    if contract.pairs_with:
        sentences.append("另有一份与之成对的文件，须同期报送。")
    return sentences


def pattern_in_words(pattern: str, names: Mapping[str, str]) -> str:
    """Explain the pattern of a file name or a last line to people. names: of each group, in Chinese."""
    shown = _GROUP.sub(lambda match: names[match[1]], pattern.removeprefix("^").removesuffix("$"))
    shown = _CLASS.sub(lambda match: f"〈{match[2]} 位字母或数字〉" if match[2] else match[1][0], shown)
    return re.sub(r"\\(.)", r"\1", shown)


def with_groups(pattern: str, texts: Mapping[str, str]) -> str:
    """Replace each group of a pattern by a text."""
    return _GROUP.sub(lambda match: re.escape(texts[match[1]]), pattern)
