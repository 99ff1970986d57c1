"""Parquet files of one delivery: its accepted rows, and every reason of its rejected or flagged rows."""

import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pandera.polars as pa
import polars as pl

from schemas.field import Column
from schemas.validate import DUPLICATE_RULE, rules
from sources.home.folders import Home, write_whole
from sources.home.receipts import DataFile, Receipt
from sources.staging.persons import showable

REJECTED_SCHEMA: dict[str, pl.DataType] = {
    "delivery_id": pl.String(),
    "staged_table": pl.String(),
    "sheet_name": pl.String(),
    "sheet_row": pl.Int32(),
    "cell": pl.String(),
    "field": pl.String(),
    "rule": pl.String(),
    "severity": pl.String(),
    "message": pl.String(),
    "value": pl.String(),
}
"""One line per reason of a row that is rejected or flagged; value is empty where it could be personal."""

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

FIELD_COUNT_RULE = "row__field_count"
_FIELD_COUNT_MESSAGE = "字段个数与表头不符；请检查分隔符"


def rule_messages(model: type[pa.DataFrameModel], table: list[Column]) -> dict[str, tuple[str, str]]:
    """Map every row rule of a table to its field (the first of several, or empty) and message in Chinese."""
    filled = {column.name for column in table}
    messages = {
        DUPLICATE_RULE: (next((c.name for c in table if c.key), ""), "同一张表内主键重复；请只留一行")
    }
    messages[FIELD_COUNT_RULE] = ("", _FIELD_COUNT_MESSAGE)
    messages |= {rule: ("", message) for rule, message in ROW_DOUBTS.items()}
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


@dataclass
class WrittenRows:
    """The files written for one delivery, part by part, and the counts of its rows."""

    staged: list[DataFile] = field(default_factory=list)
    rejected: list[DataFile] = field(default_factory=list)
    rule_counts: Counter[str] = field(default_factory=Counter)
    candidate: int = 0
    accepted: int = 0
    flagged: int = 0


def build_reasons(
    broken: pl.DataFrame,
    unread: pl.DataFrame,
    texts: pl.DataFrame,
    where: pl.DataFrame,
    address: Callable[[str], pl.Expr],
    messages: dict[str, tuple[str, str]],
    table: list[Column],
) -> pl.DataFrame:
    """Build a frame of every reason with its place: the columns of REJECTED_SCHEMA after `staged_table`.

    broken: index, rule, severity. unread: index, field, rule. where: sheet_name, sheet_row of each
    candidate. address: the cell of a field, from those two. messages: see rule_messages.
    """
    cells = unread.select("index", rule=pl.col("field") + "__" + pl.col("rule"), severity=pl.lit("reject"))
    reasons = pl.concat([cells, broken])
    by_column = {column.name: column for column in table}
    personal = any(column.pii for column in table)
    located = reasons.join(where.with_row_index("index"), on="index", how="left", maintain_order="left")
    parts = [located.clear().select("index", *_locate("", "", pl.lit("")))]
    for rule in reasons["rule"].unique():
        name, message = messages[rule]
        part = located.filter(pl.col("rule") == rule)
        values: list[str | None] = [None] * part.height
        if name in texts.columns:
            values = [showable(text, by_column[name], personal) for text in texts[name].gather(part["index"])]
        placed = part.select("index", *_locate(name, message, address(name)))
        parts.append(placed.with_columns(value=pl.Series(values, dtype=pl.String)))
    return pl.concat(parts).sort("index", "rule").drop("index")


def _locate(name: str, message: str, cell: pl.Expr) -> list[pl.Expr]:
    return [
        pl.col("sheet_name"),
        pl.col("sheet_row").cast(pl.Int32),
        cell.alias("cell"),
        pl.lit(name).alias("field"),
        pl.col("rule"),
        pl.col("severity"),
        pl.lit(message).alias("message"),
        pl.lit(None, dtype=pl.String).alias("value"),
    ]


def write_accepted(
    home: Home, rows: WrittenRows, accepted: pl.DataFrame, receipt: Receipt, stem: str
) -> None:
    """Write one part of the accepted rows, laid out by county and period."""
    if not accepted.height:
        return
    folder = home.staging / receipt.table / f"county={receipt.county_code}" / f"period={receipt.period}"
    path = folder / f"{stem}-{len(rows.staged)}.parquet"
    rows.staged.append(_write(home, path, accepted))


def write_rejected(home: Home, rows: WrittenRows, reasons: pl.DataFrame, receipt: Receipt, stem: str) -> None:
    """Write one part of the reasons, and count them."""
    if not reasons.height:
        return
    for rule, count in reasons["rule"].value_counts().iter_rows():
        rows.rule_counts[rule] += count
    named = reasons.with_columns(delivery_id=pl.lit(receipt.delivery_id), staged_table=pl.lit(receipt.table))
    path = home.rejected / receipt.table / f"{stem}-{len(rows.rejected)}.parquet"
    rows.rejected.append(_write(home, path, named.select(list(REJECTED_SCHEMA))))


def rewrite_staged(home: Home, rows: WrittenRows, without: pl.DataFrame) -> None:
    """Rewrite the staged parts without some rows, identified by sheet, row and keys that are not hidden."""
    for at, part in enumerate(rows.staged):
        path = home.root / part.path
        kept = pl.read_parquet(path).join(without, on=without.columns, how="anti", maintain_order="left")
        rows.accepted -= part.rows - kept.height
        rows.staged[at] = _write(home, path, kept)


def discard_staged(home: Home, rows: WrittenRows) -> None:
    """Delete the staged parts of a delivery that is rejected as a whole."""
    for part in rows.staged:
        (home.root / part.path).unlink()
    rows.staged.clear()


def sweep(home: Home, named: set[str]) -> list[Path]:
    """Remove data files that no receipt names, left by a killed load. Returns the paths removed."""
    left = [
        path
        for folder in (home.staging, home.rejected)
        for path in folder.rglob("*")
        if path.is_file() and str(path.relative_to(home.root)) not in named
    ]
    for path in left:
        path.unlink()
    return left


def _write(home: Home, path: Path, frame: pl.DataFrame) -> DataFile:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=1)
    data = buffer.getvalue()
    write_whole(path, data)
    return DataFile(path=str(path.relative_to(home.root)), sha256=sha256(data).hexdigest(), rows=frame.height)


def staged_paths(home: Home, receipts: Iterable[Receipt], tables: Iterable[str]) -> dict[str, list[Path]]:
    """Map each table to the staged files of some deliveries (those in force)."""
    paths: dict[str, list[Path]] = {table: [] for table in tables}
    for receipt in receipts:
        paths[receipt.table].extend(home.root / part.path for part in receipt.staged_files)
    return paths


def rejected_paths(home: Home, receipts: Iterable[Receipt]) -> list[Path]:
    """List the files that hold every reason of rejected and flagged rows."""
    return [home.root / part.path for receipt in receipts for part in receipt.rejected_files]
