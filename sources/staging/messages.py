"""Messages of reasons for rows: what is wrong in which column, what stands in the cell, and what to write instead."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandera.polars as pa
import polars as pl

from schemas.field import Column
from schemas.validate import DUPLICATE_RULE, rules
from sources.staging.persons import showable
from sources.text.quoting import quote, suggest

CELL_RULES = {
    "parse": "读不出规定的值；请改为{kind}",
    "error_cell": "单元格是公式错误值；请改正公式或填写数值",
    "merged_cell": "合并单元格跨了几行，分不清属于哪一行；请拆分后逐行填写",
    "formula_without_result": "单元格的公式没有结果；请在 Excel 中打开、重算并保存后重新报送",
    "scaled_display": "单元格的数字格式显示的不是所存的数（如按万显示）；请改为常规格式，并按所注计量单位填写",
    "percent_display": "单元格设成了百分比，本栏不是百分数；请改为常规格式后重新填写",
    "no_answer": "没有写明具体内容（如同上、待定、…）；请填写实际内容",
    "date_as_identifier": "变成了日期，原来的内容已丢失；请把单元格设为文本后重新录入",
    "boolean_as_identifier": "变成了 TRUE 或 FALSE，原来的内容已丢失；请把单元格设为文本后重新录入",
    "letter_o": "数字旁边有字母 O，可能是数字 0；请核对后改正",
    "number_as_identifier": "存成了数字，位数可能已丢失；请把单元格设为文本后重新录入",
    "unknown_place": "在所属乡镇的区划名录中查不到；请核对名称，或请数据管理员登记别名",
    "ambiguous_place": "所指不止一处；请写明级别（如“口泉村”“口泉乡”）",
}
"""Messages of the rules of parsing, which come before the table's own rules."""

DOUBTS = {"own_unit": "单元格里另写了计量单位，已按该单位计算；请核实"}
"""Messages of what is doubtful in a cell that is read all the same."""

ROW_DOUBTS = {
    "row__hidden": "该行被隐藏或筛选掉，仍已计入；不该计入的请删去后重新报送",
    "row__struck_out": "该行有划去（删除线）的内容，仍已计入；不该计入的请删去后重新报送",
}
"""Messages of what is doubtful in a row of a sheet."""

LINE_RULES = {
    "row__field_count": "这一行的栏数与表头不符；请检查分隔符",
    "row__stray_quote": "引号没有成对地括住整个字段，这一行分不清各栏；请去掉多余的引号",
}
"""Messages of lines that do not split into their fields."""


def rule_messages(model: type[pa.DataFrameModel], table: list[Column]) -> dict[str, tuple[str, str]]:
    """Map every row rule of a table to its field (the first of several, or empty) and message in Chinese."""
    filled = {column.name for column in table}
    keys = [column for column in table if column.key]  # none where rows are told apart by their place
    same = "".join(f"“{column.title}”" for column in keys) + ("都" if len(keys) > 1 else "")
    messages = {DUPLICATE_RULE: (keys[0].name, f"有几行的{same}相同；请只留一行")} if keys else {}
    messages |= {rule: ("", message) for rule, message in (LINE_RULES | ROW_DOUBTS).items()}
    for column in table:
        for name in _cell_rules(column):
            message = CELL_RULES[name].format(kind=_describe_type(column))
            messages[f"{column.name}__{name}"] = (column.name, f"“{column.title}”{message}")
        if column.dtype.is_numeric() and column.unit:
            messages[f"{column.name}__own_unit"] = (column.name, f"“{column.title}”{DOUBTS['own_unit']}")
    for rule in rules(model):
        first = next((name for name in rule.fields if name in filled), None)
        if first is not None:  # columns that the program fills in itself need no message
            messages[rule.name] = (first, rule.title)
    return messages


def _cell_rules(column: Column) -> tuple[str, ...]:
    """List the rules of parsing that a cell of the column can break."""
    always = ("error_cell", "formula_without_result")
    if column.place is not None:
        return *always, "merged_cell", "scaled_display", "unknown_place", "ambiguous_place"
    if column.dtype.is_numeric():
        return *always, "merged_cell", "scaled_display", "percent_display", "no_answer", "parse"
    if column.dtype != pl.String or column.allowed is not None:
        return *always, "scaled_display", "no_answer", "parse"
    slipped = ("number_as_identifier", "date_as_identifier", "boolean_as_identifier")
    return *always, *slipped, "no_answer", *(("letter_o",) if column.is_identifier else ())


def _describe_type(column: Column) -> str:
    words = {pl.Decimal: "数字", pl.Int64: "整数", pl.Date: "日期，如 2022-06-30", pl.Boolean: "是或否"}
    return next((kind for dtype, kind in words.items() if column.dtype == dtype), "规定的内容")


@dataclass(frozen=True)
class Wording:
    """The words for the reasons of one delivery.

    model, table: of its form. headings: by field, as its sheet calls the column. words: by field that is filled from
    a list, the words of the list; called once something is wrong.
    """

    model: type[pa.DataFrameModel]
    table: list[Column]
    headings: dict[str, str]
    words: Callable[[Column], Iterable[str]]

    @cached_property
    def messages(self) -> dict[str, tuple[str, str]]:
        """The field and message of every rule, in the words of the sheet."""
        return {
            rule: (name, self._in_words_of_sheet(name, message))
            for rule, (name, message) in self._by_title.items()
        }

    def explain(self, rule: str, text: str | None) -> str:
        """Explain a broken rule: the message, what stands in the cell, and the nearest word of a list."""
        name, message = self.messages[rule]
        quoted = self._quote(name, rule, text)
        if not quoted:
            return message
        is_listed = rule.endswith(("__isin", "__unknown_place"))
        nearest = suggest(text or "", self.words(self._by_name[name])) if is_listed else ""
        return f"{message}（现为“{quoted}”{nearest}）"

    def compared(self, rule: str) -> list[str]:
        """List the fields to quote for a rule that compares several: the row's key, then those; none of persons."""
        fields = self._compared.get(rule, ())
        keys = [name for name in self._keys if name not in fields]
        return [] if self._is_personal or len(fields) < 2 else [*keys, *fields]

    def explain_row(self, rule: str, row: Mapping[str, str | None]) -> str:
        """Explain a broken rule over several fields: the message, and what stands in each of their cells."""
        named = {
            self.headings.get(name) or self._by_name[name].title: quote(text)
            for name, text in row.items()
            if text
        }
        quoted = "、".join(f"{heading}“{text}”" for heading, text in named.items() if text)
        message = self.messages[rule][1]
        return f"{message}（现为 {quoted}）" if quoted else message

    def show(self, name: str, text: str | None) -> str | None:
        """Return a cell's text where it may be kept beside the message, else None."""
        return showable(text, self._by_name[name], self._is_personal) if name in self._by_name else None

    def _quote(self, name: str, rule: str, text: str | None) -> str:
        """Return a cell's text as it may be quoted: never from a form with persons, see `quote`."""
        if (
            text is None
            or self._is_personal
            or not rule.startswith(f"{name}__")
            or rule.endswith(_NOTHING_TO_QUOTE)
        ):
            return ""
        return quote(text)

    def _in_words_of_sheet(self, name: str, message: str) -> str:
        named = [name, *self._keys] if name in self._keys else [name]
        for field in named:
            if heading := self.headings.get(field):
                message = message.replace(f"“{self._by_name[field].title}”", f"“{heading}”")
        return message

    @cached_property
    def _keys(self) -> list[str]:
        return [column.name for column in self.table if column.key]

    @cached_property
    def _compared(self) -> dict[str, list[str]]:
        return {
            rule.name: [name for name in rule.fields if name in self._by_name] for rule in rules(self.model)
        }

    @cached_property
    def _by_title(self) -> dict[str, tuple[str, str]]:
        return rule_messages(self.model, self.table)

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.table}

    @cached_property
    def _is_personal(self) -> bool:
        return any(column.pii for column in self.table)


_NOTHING_TO_QUOTE = ("__formula_without_result", "__required", "__merged_cell")


def build_reasons(
    broken: pl.DataFrame,
    unread: pl.DataFrame,
    texts: pl.DataFrame,
    where: pl.DataFrame,
    address: Callable[[str], pl.Expr],
    wording: Wording,
) -> pl.DataFrame:
    """Build a frame of every reason with its place: the columns of REJECTED_SCHEMA after `staged_table`.

    broken: index, rule, severity. unread: index, field, rule. where: sheet_name, sheet_row of each
    candidate. address: the cell of a field, from those two.
    """
    cells = unread.select("index", rule=pl.col("field") + "__" + pl.col("rule"), severity=pl.lit("reject"))
    reasons = pl.concat([cells, broken])
    located = reasons.join(where.with_row_index("index"), on="index", how="left", maintain_order="left")
    parts = [located.clear().select("index", *_locate("", pl.lit("")))]
    for rule in reasons["rule"].unique():
        name, _ = wording.messages[rule]
        compared = [field for field in wording.compared(rule) if field in texts.columns]
        part = located.filter(pl.col("rule") == rule)
        in_cells = (
            texts[name].gather(part["index"]).to_list() if name in texts.columns else [None] * part.height
        )
        if compared:
            rows = texts.select(compared)[part["index"].to_list()].iter_rows(named=True)
            messages = [wording.explain_row(rule, row) for row in rows]
        else:
            messages = [wording.explain(rule, text) for text in in_cells]
        parts.append(
            part.select("index", *_locate(name, address(name))).with_columns(
                message=pl.Series(messages, dtype=pl.String),
                value=pl.Series([wording.show(name, text) for text in in_cells], dtype=pl.String),
            )
        )
    return pl.concat(parts).sort("index", "rule").drop("index")


def _locate(name: str, cell: pl.Expr) -> list[pl.Expr]:
    return [
        pl.col("sheet_name"),
        pl.col("sheet_row").cast(pl.Int32),
        cell.alias("cell"),
        pl.lit(name).alias("field"),
        pl.col("rule"),
        pl.col("severity"),
        pl.lit(None, dtype=pl.String).alias("message"),
        pl.lit(None, dtype=pl.String).alias("value"),
    ]
