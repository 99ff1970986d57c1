"""Types of columns: by the unit of measure first, then by the heading's words, then by the values."""

import re
from typing import Literal

from sources.drafting.columns import PrintedColumn, dimension_in_words
from sources.drafting.tables import is_figure
from sources.text.unit import dimension
from sources.text.values import is_missing

FieldType = Literal["text", "code", "count", "number", "yuan", "pct", "yes_no", "date"]

_COUNTED = ("households", "persons", "visits")
_YES_NO = frozenset({"是", "否", "有", "无", "√", "×", "✓", "✔", "✗", "已", "未", "通", "未通"})
_DAY = re.compile(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?.*")
_WORDS: tuple[tuple[FieldType, str], ...] = (
    ("yes_no", r"^是否|是否|有无|^能否"),
    ("date", r"日期$|时间$|年月$|年月日$|基准日$|有效期[起止]$"),
    ("code", r"编号$|编码$|代码$|证号$|文号$|号码$|车牌|自编号|单号$|借据号$|户号$|字号$|楼号$|单元号$|号$"),
    (
        "text",
        r"名称?$|类别|类型|种类|级别|等级|状态|主体|单位$|机构|机关|公司|企业$|地点|地址|措施|用途|依据|内容|情况$|职务|岗位|职责"
        r"|行政村|村$|乡镇|街道|社区|方式|性质|体系|标题|方案|集群|来源$",
    ),
)
"""Patterns of headings whose columns have no unit of measure."""


def find_type(column: PrintedColumn) -> FieldType:
    """Find the type of a column; what does not follow from its unit of measure is marked as unsure."""
    if column.unit is not None:
        return _by_unit(column, column.unit)
    if column.filled and (by_values := _by_values(column)):
        return by_values
    for type_, pattern in _WORDS:
        if re.search(pattern, column.leaf):
            return type_
    spoken = dimension_in_words(column.heading)
    if spoken is not None:
        column.doubt("type", "表上没有印计量单位")
        return "pct" if spoken == "ratio" else "count" if spoken in (*_COUNTED, "counts") else "number"
    column.doubt("type", "空白，看不出是文字还是数")
    return "text"


def _by_unit(column: PrintedColumn, unit: str) -> FieldType:
    """Follow the unit of measure; values that do not go with it are a doubt."""
    figures = [text for text, kind in column.filled if is_figure(text, kind)]
    texts = [
        text
        for text, kind in column.filled
        if kind == "t" and not is_figure(text, kind) and not is_missing(text)
    ]
    if len(texts) > max(len(figures), 1):
        column.doubt("type", "有计量单位，而所填多是文字")
    known = dimension(unit)
    if known == "money":
        return "yuan"
    if known == "ratio":
        if any(abs(_number(text)) > 100 or _number(text) < 0 for text in figures):
            column.doubt("type", "有数不在 0 到 100 之间，故不作百分数")
            return "number"
        return "pct"
    if not _is_counted(unit):
        return "number"
    fractions = sum(_number(text) % 1 != 0 for text in figures)
    if fractions:
        column.doubt("type", f"单位是“{unit}”，而所填有小数")
    return "number" if 4 * fractions > len(figures) else "count"


def _is_counted(unit: str) -> bool:
    """Tell whether whole numbers are given in a unit: one of a count, not a multiple of it."""
    known = dimension(unit)
    return known in _COUNTED or (known is not None and known == f"count of {unit}" and unit != "倍")


def _number(text: str) -> float:
    return float(text.replace(",", "").removesuffix("%")) if re.fullmatch(r"[-\d.,]+%?", text) else 0.0


def _by_values(column: PrintedColumn) -> FieldType | None:
    """Follow what most cells hold; None where they say nothing."""
    values = [(text, kind) for text, kind in column.filled if not is_missing(text) or text in _YES_NO]
    if not values:
        return None
    most = len(values) // 2
    if sum(kind == "d" or _DAY.fullmatch(text) is not None for text, kind in values) > most:
        return "date"
    if sum(text in _YES_NO for text, _ in values) == len(values):
        return "yes_no"
    figures = [text for text, kind in values if is_figure(text, kind) or (kind == "n" and text.isdigit())]
    if len(figures) > most:
        return _by_figures(column, figures)
    digits = [text for text, _ in values if text.isdigit() or re.fullmatch(r"[A-Z0-9\-]{6,}", text)]
    if len(digits) > most:
        return "code"
    return "text"


def _by_figures(column: PrintedColumn, figures: list[str]) -> FieldType:
    if re.search(r"编[号码]|代码|号码?$", column.leaf):
        column.doubt("type", "编号存成了数字，前面的零可能已失")
        return "code"
    column.doubt("type", "表上没有印计量单位")
    spoken = dimension_in_words(column.heading)
    if spoken in ("area", "mass", "money"):
        return "number"
    if spoken == "ratio":
        return "pct" if all(0 <= _number(text) <= 100 for text in figures) else "number"
    return "number" if any(_number(text) % 1 for text in figures) else "count"


def stored_unit(type_: FieldType, printed: str | None) -> str | None:
    """Return the unit of measure in which a field is kept: yuan and percents as such, all else as printed."""
    if type_ == "yuan":
        return "元"
    if type_ == "pct":
        return "%"
    return printed if type_ in ("count", "number") else None
