"""The reference of a contract's keys, docs/contracts.md, written from the models' own fields.

`python -m sources.county.contract_reference > docs/contracts.md`
"""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from schemas.county.indicators import CountyIndicator
from schemas.county.own_form import FieldLimits, FieldTerms, FormTerms, IndicatorTerms, RuleTerms, ValueTerms
from schemas.county.terms import CountyTerms
from schemas.files.allowed import describe_allowed
from sources.county.contract import FormContract
from sources.county.contract_layout import Lacks, PlaceLayout, TemplateTerms, TextLayout, WorkbookLayout

_HEAD = """# 表式约定的全部写法

由程序的定义写出，改了程序须重写：`python -m sources.county.contract_reference > docs/contracts.md`。怎样用见
[新的区县](county.md)和[数据管理员手册](stewards.md)。写错的键、值，读取时会指出文件、第几行、应当怎么写。
"""

_SECTIONS: Sequence[tuple[str, str, type[BaseModel]]] = (
    ("约定", "写在最前面，不属于哪一节", FormContract),
    ("[workbook]", "工作簿里怎么排", WorkbookLayout),
    ("[text]", "文本文件怎么排", TextLayout),
    ("[places]", "地名怎么查", PlaceLayout),
    ("[template]", "空白表样另印什么；不影响读取", TemplateTerms),
    ("[lacks]", "少到什么程度待核实", Lacks),
    ("[form]", "区县自有的表：一行是什么", FormTerms),
    ("[fields.字段]", "区县自有的表：一个字段，按表的次序", FieldTerms),
    ("[fields.字段]，程序的表", "给程序已有的表的字段另加限度", FieldLimits),
    ("[[rules]]", "区县自有的表：一条平衡关系", RuleTerms),
    ("[[indicators]]", "区县自有的表：一个指标", IndicatorTerms),
    ("value、denominator", "指标怎么算", ValueTerms),
    ("indicators.toml", "`[指标代码]`：指标在本地的叫法，或只算一家机构的指标", CountyIndicator),
    ("county.toml", "区县自己", CountyTerms),
)


def contract_reference() -> str:
    """Write the reference as Markdown. Raises ValueError for a key without a description."""
    return _HEAD + "".join(_section(*section) for section in _SECTIONS)


def _section(title: str, words: str, model: type[BaseModel]) -> str:
    rows = "".join(f"| {' | '.join(cells)} |\n" for cells in _rows(model))
    return f"\n## {title}\n\n{words}。\n\n| 键 | 写什么 | 不写 | 意思 |\n|---|---|---|---|\n{rows}"


def _rows(model: type[BaseModel]) -> Iterator[tuple[str, str, str, str]]:
    for name, field in model.model_fields.items():
        if name == "name" and model is FormContract:
            continue  # it is the file's
        if not field.description:
            raise ValueError(f"{model.__name__}.{name} has no description")
        allowed = describe_allowed(model, (name,)).removeprefix("应为").removeprefix("应").strip()
        cells = (
            f"`{name}`",
            allowed,
            _default(field.get_default(call_default_factory=True)),
            field.description,
        )
        yield cells[0], *(cell.replace("|", "\\|") for cell in cells[1:])  # type: ignore[misc]


def _default(value: Any) -> str:
    if value is PydanticUndefined:
        return "须写"
    if value is None or value in ([], {}) or isinstance(value, BaseModel):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`"


if __name__ == "__main__":
    print(contract_reference(), end="")
