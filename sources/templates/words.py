"""Wording of blank forms: names, notes and advice on columns, in the words of those who fill them."""

import pandera.polars as pa
import polars as pl

from schemas.field import Column
from schemas.validate import rules
from sources.county.contract import Contract
from sources.templates.headings import name_path
from sources.templates.limits import Limits
from sources.templates.look import decimals


def name_of(contract: Contract, column: Column) -> str:
    """Return the name of a column in the form."""
    return "/".join(name_path(contract, column)) or column.title


def required(contract: Contract, column: Column) -> str:
    """Describe whether a column must be filled."""
    return "必填" if contract.needs(column) else "可不填"


def how_to_fill(column: Column, limits: Limits, is_chosen: bool) -> str:
    """Describe the kind of value that a column takes, and how it is written."""
    if column.place is not None:
        return "从列表选取名称" if is_chosen else "填名称，不填代码"
    if column.dtype == pl.Boolean:
        return "填是或否"
    if column.allowed is not None:
        return "从列表选取" if is_chosen else "填规定的名称"
    if column.dtype == pl.Date:
        return "日期，如 2022-06-30"
    if isinstance(column.dtype, pl.Decimal):
        return f"数字，最多 {decimals(column.dtype, column.unit)} 位小数"
    if column.dtype.is_numeric():
        return "整数"
    return f"文本，{_length(*limits.length)}" if limits.length else "文本"


def _length(least: int, most: int | None) -> str:
    return f"{least} 个字" if least == most else f"{least} 至 {most or '任意多'} 个字"


def rule_titles(model: type[pa.DataFrameModel], column: Column) -> list[str]:
    """List the titles of the rules that read a column, but for being required; flags are marked as such."""
    return [
        rule.title + ("（不符的存疑，照收）" if rule.severity == "flag" else "")
        for rule in rules(model)
        if column.name in rule.fields and not rule.name.endswith("__required")
    ]


def note(contract: Contract, column: Column) -> str:
    """Write the note of a heading: its meaning, unit of measure, and whether it must be filled."""
    unit = f"\n计量单位：{column.unit}" if column.unit else ""
    return f"{column.title}：{column.description}{unit}\n{required(contract, column)}"


def advice(column: Column, limits: Limits) -> str:
    """Write the message of a cell that was filled against its check: the rule, and what to do."""
    if column.place or column.allowed or column.dtype == pl.Boolean:
        return f"“{column.title}”应为列表中的一项；请点单元格右边的箭头选取"
    if limits.length is not None:
        return f"“{column.title}”长度应为 {_length(*limits.length)}；请核对是否多填或漏填"
    between = [f"不小于 {limits.lower}"] * (limits.lower is not None)
    between += [f"不大于 {limits.upper}"] * (limits.upper is not None)
    kind = "日期" if column.dtype == pl.Date else "数字" if isinstance(column.dtype, pl.Decimal) else "整数"
    remedy = "请写作如 2022-06-30" if column.dtype == pl.Date else "请只填阿拉伯数字"
    unit = f"，计量单位为{column.unit}" if column.unit else ""
    return f"“{column.title}”应为{'、'.join([kind, *between])}；{remedy}{unit}"
