"""What is wrong with a value or with the writing of a TOML file, in Chinese; pydantic and tomllib say it in English."""

import re
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from schemas.files.allowed import Loc, declared_at, describe_allowed, is_model


def describe_fault(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Say what is wrong with a value, what it is, and what is allowed.

    Values are quoted but where the model hides them.
    """
    loc, context = error["loc"], error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return "没有这一项" + suggest(str(loc[-1]), _keys(model, loc[:-1]))
        case "missing":
            return f"缺少这一项，{describe_allowed(model, loc)}"
        case "value_error":
            return str(context["error"])
        case "string_too_short" | "too_short" if context.get("min_length", 1) == 1:
            return "不能为空"
    value = "" if _hides_values(model, loc) else _quote(error["input"])
    if (limit := _describe_limit(context)) is not None:
        return f"{value}应{limit}"
    return f"{value}{describe_allowed(model, loc)}"


def suggest(written: str, allowed: list[str]) -> str:
    """Name the nearest of what is allowed, and all of it, where any is known."""
    if not allowed:
        return ""
    near = get_close_matches(written, allowed, n=1)
    return (f"，是否应为 {near[0]}" if near else "") + f"；可以写：{'、'.join(allowed)}"


_LIMITS = {
    "gt": "大于 {}",
    "ge": "不小于 {}",
    "lt": "小于 {}",
    "le": "不大于 {}",
    "min_length": "至少有 {} 项",
    "max_length": "至多有 {} 项",
}
"""By the name that pydantic gives a limit."""


def _describe_limit(context: dict[str, Any]) -> str | None:
    return next((words.format(context[name]) for name, words in _LIMITS.items() if name in context), None)


def _keys(model: type[BaseModel], loc: Loc) -> list[str]:
    _, annotation = declared_at(model, loc)
    models = [part for part in (annotation, *get_args(annotation)) if is_model(part)]
    return list(models[0].model_fields) if models else []


def _hides_values(model: type[BaseModel], loc: Loc) -> bool:
    inner = [model] + [declared_at(model, loc[:depth])[1] for depth in range(1, len(loc))]
    return any(is_model(part) and part.model_config.get("hide_input_in_errors") for part in inner)


def _quote(value: Any) -> str:
    if isinstance(value, bool):
        return f"“{str(value).lower()}”"
    return f"“{value}”" if isinstance(value, str | int | float) else ""


_UNREADABLE = {
    "Unclosed array": "方括号没有合上",
    "Unclosed inline table": "花括号没有合上",
    "Unterminated string": "引号没有合上",
    "Illegal character": "引号没有合上，或有不许有的字符",
    "Found invalid character": "有不许有的字符",
    'Expected "': "引号没有合上",
    "Expected '=' after a key": "项的名称后面应是等号和值",
    "Expected ']": "节的名称应写作 [名称]，各占一行",
    "Cannot overwrite a value": "同一项写了两次",
    "Duplicate inline table key": "同一项写了两次",
    "Cannot declare": "同一节写了两次",
    "Cannot mutate": "同一节写了两次",
    "Cannot redefine": "同一节写了两次",
    "Expected newline": "一行只能写一项",
    "Invalid initial character for a key": "项的名称写法不对；中文的名称要加引号",
    "Invalid statement": "这一行写法不对；应写作 名称 = 值，中文的名称要加引号",
    "Invalid value": "值的写法不对；文本要加引号",
    "Invalid date": "没有这个日期或时间",
    "Unescaped": "反斜杠写法不对；有反斜杠的文本请用单引号",
}
"""What is wrong with the writing of TOML, by the beginning of tomllib's message."""


def describe_unreadable(message: str) -> tuple[int | None, str]:
    """Return the line that a message of tomllib names, None for the end of the file, and what is wrong there."""
    line = re.search(r"at line (\d+)", message)
    words = next(
        (words for begin, words in _UNREADABLE.items() if message.startswith(begin)), "写法不合 TOML 的规定"
    )
    return int(line[1]) if line else None, words
