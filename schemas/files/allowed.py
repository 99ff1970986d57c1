"""What a key of a model may hold, in Chinese, by its declared type."""

from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

Loc = tuple[int | str, ...]
"""Where a value stands: names of keys and, in lists, numbers from 0."""

_WORDS: dict[object, str] = {
    bool: "true 或 false",
    int: "整数",
    float: "数",
    str: "带引号的文本",
    SecretStr: "带引号的文本",
    date: "日期，如 2023-01-05",
    dict: "一节",
}


def describe_allowed(model: type[BaseModel], loc: Loc) -> str:
    """Say what the value at a place of a model should be: examples where its field gives some, else by its type."""
    field, annotation = declared_at(model, loc)
    if field is not None and field.examples:
        return "应形如 " + _list_words(field.examples)
    words = _describe(annotation)
    return f"应为{' ' if words[0].isascii() else ''}{words}"


def declared_at(model: type[BaseModel], loc: Loc) -> tuple[FieldInfo | None, Any]:
    """Return the field declared at a place, where the place is one, and the type of what stands there."""
    field: FieldInfo | None = None
    here: Any = model
    if loc[-1:] == ("[key]",):  # pydantic's word for a key of a table that is itself wrong
        _, table = declared_at(model, loc[:-2])
        return None, get_args(_without_none(table))[0]
    for part in loc:
        outer = _without_none(here)
        field = outer.model_fields.get(str(part)) if is_model(outer) else None
        here = field.annotation if field is not None else _of_entries(outer)
    return field, here


def is_model(annotation: Any) -> bool:
    """Whether a type is a model."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _of_entries(annotation: Any) -> Any:
    """Return the type of the entries of a list or table; any, where it is neither."""
    arguments = [argument for argument in get_args(annotation) if argument is not ...]
    return arguments[-1] if arguments else Any


def _without_none(annotation: Any) -> Any:
    """Take away what says that a value may be left out, and what constrains it."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(argument for argument in get_args(annotation) if argument is not type(None))
        else:
            return annotation


def _describe(annotation: Any) -> str:
    annotation = _without_none(annotation)
    origin = get_origin(annotation) or annotation
    if origin is Literal:
        return _list_words(get_args(annotation))
    if origin in (list, tuple):
        inside = get_args(annotation)[0]
        return "写作 [[…]] 的各条" if is_model(inside) else f"方括号里的清单，各项为{_describe(inside)}"
    if is_model(origin):
        return f"一节，可以写：{'、'.join(origin.model_fields)}"
    return _WORDS.get(origin, "规定的写法")


def _list_words(values: Any) -> str:
    *most, last = (f"“{value}”" if value == "" or str(value) in ",;|\t" else str(value) for value in values)
    return f"{'、'.join(most)} 或 {last}" if most else last
