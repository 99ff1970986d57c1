"""A TOML file of a steward: every fault that there can be has its sentence in Chinese, with the line of its key."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, Field, SecretStr

from schemas.files.lines import line_of
from schemas.files.strict import Strict
from schemas.files.toml_file import SettingsRefused, TomlFile


def _even(number: int) -> int:
    if number % 2:
        raise ValueError("应为偶数")
    return number


class Inner(Strict):
    name: str = Field(pattern="^[a-z]+$", examples=["abc"])


class Outer(Strict):
    """A key of every kind."""

    text: str | None = None
    word: str = Field(default="x", min_length=1)
    count: int = Field(default=0, ge=0, le=9)
    share: float = Field(default=0.5, gt=0, lt=1)
    even: Annotated[int, AfterValidator(_even)] = 0
    switch: bool = False
    day: date | None = None
    kind: Literal["甲", "乙"] | None = None
    mark: Literal[",", "|"] = ","
    names: list[str] = []
    secrets: tuple[SecretStr, ...] = Field(default=(SecretStr(""),), min_length=1)
    inner: Inner | None = None
    entries: list[Inner] = []
    labels: dict[str, list[str]] = {}
    by_kind: dict[Literal["甲", "乙"], Inner] = {}


def read(folder: Path, text: str) -> Outer:
    path = folder / "x.toml"
    path.write_text(text, "utf-8")
    return TomlFile(path, "设置").make(Outer)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SettingsRefused) as refused:
        read(folder, text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("cuont = 1", "第 1 行 cuont：没有这一项，是否应为 count；可以写：text、word、count"),
        ("[inner]", "第 1 行 inner.name：缺少这一项，应形如 abc"),
        ("[inner]\nname = 'A'", "第 2 行 inner.name：“A”应形如 abc"),
        ("inner = 1", "第 1 行 inner：“1”应为一节，可以写：name"),
        ("word = ''", "第 1 行 word：不能为空"),
        ("secrets = []", "第 1 行 secrets：不能为空"),
        ("text = 1", "第 1 行 text：“1”应为带引号的文本"),
        ("count = 10", "第 1 行 count：“10”应不大于 9"),
        ("count = 1.5", "第 1 行 count：“1.5”应为整数"),
        ("share = 1", "第 1 行 share：“1”应小于 1"),
        ("even = 3", "第 1 行 even：应为偶数"),
        ("switch = '是'", "第 1 行 switch：“是”应为 true 或 false"),
        ("day = '昨天'", "第 1 行 day：“昨天”应为日期，如 2023-01-05"),
        ("kind = '丙'", "第 1 行 kind：“丙”应为甲 或 乙"),
        ("mark = ';'", "第 1 行 mark：“;”应为“,” 或 “|”"),
        ("names = 'a'", "第 1 行 names：“a”应为方括号里的清单，各项为带引号的文本"),
        ("names = ['a', 1]", "第 1 行 names 第 2 条：“1”应为带引号的文本"),
        ("entries = 1", "第 1 行 entries：“1”应为写作 [[…]] 的各条"),
        ("[[entries]]\nname = 'a'\n\n[[entries]]\nnam = 'b'", "第 4 行 entries 第 2 条 name：缺少这一项"),
        ("[labels]\na = ['x']\n'乙' = 'y'", "第 3 行 labels.乙：“y”应为方括号里的清单"),
        ("[by_kind.丙]", "不是 TOML，项的名称写法不对；中文的名称要加引号"),
        ("[by_kind.'丙']\nname = 'a'", "第 1 行 by_kind.丙：“丙”应为甲 或 乙"),
        ("count = 1\ncount = 2\n", "x.toml 第 2 行：不是 TOML，同一项写了两次"),
        ("[inner]\n[inner]", "x.toml 第 2 行：不是 TOML，同一节写了两次"),
        ("names = ['a'", "x.toml 文件末尾：不是 TOML，方括号没有合上"),
        ('text = "a\n', "x.toml 第 1 行：不是 TOML，引号没有合上，或有不许有的字符"),
        ("text = 'a", "x.toml 文件末尾：不是 TOML，引号没有合上"),
        ("text = 甲", "x.toml 第 1 行：不是 TOML，值的写法不对；文本要加引号"),
        ("text 'a'", "x.toml 第 1 行：不是 TOML，项的名称后面应是等号和值"),
        ("text = '\\d' count = 1", "x.toml 第 1 行：不是 TOML，一行只能写一项"),
        ('text = "\\d"', "x.toml 第 1 行：不是 TOML，反斜杠写法不对；有反斜杠的文本请用单引号"),
        ("day = 2023-02-30", "x.toml 第 1 行：不是 TOML，没有这个日期或时间"),
        ("[[entries]\n", "x.toml 第 1 行：不是 TOML，节的名称应写作 [名称]"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_line_key_and_what_is_allowed(text: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in refusal(tmp_path, text)


ODD_VALUES = (
    "-1",
    "1",
    "1.5",
    "nan",
    "true",
    "''",
    "'odd'",
    "2023-01-05",
    "12:30:00",
    "[]",
    "[1]",
    "[[]]",
    "{}",
    "{ odd = 1 }",
)


@pytest.mark.parametrize("value", ODD_VALUES)
def test_no_message_has_the_words_of_a_library(value: str, tmp_path: Path) -> None:
    messages = []
    for key in (*Outer.model_fields, "inner.name", "labels.x", "by_kind.甲", "odd"):
        line = f"{'.'.join(f'{part!r}' for part in key.split('.'))} = {value}"
        assert tomllib.loads(line)
        try:
            read(tmp_path, line)
        except SettingsRefused as refused:
            messages.append(str(refused))
    assert len(messages) >= 5
    allowed = {*Outer.model_fields, "name", "abc", "toml", "true", "false", "odd", "x", "nan"}
    for message in messages:
        assert set(re.findall(r"[A-Za-z_]+", message)) <= allowed, message


def test_keys_are_looked_for_where_they_are_written() -> None:
    text = '# a = 1\n["a b".c]\n"d e" = 1\nf.g = 2\n[[list]]\nx = 1\n[list.inner]\ny = 1\n[[list]]\n[list.inner]\ny = 2\n'
    places = {
        ("a b", "c", "d e"): 3,
        ("a b", "c", "f", "g"): 4,
        ("a b", "c", "h"): 2,
        ("list", 0, "x"): 6,
        ("list", 0, "inner", "y"): 8,
        ("list", 1, "inner", "y"): 11,
        ("a",): None,
    }
    assert {place: line_of(text, place) for place in places} == places


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match=r"没有设置 .*x\.toml"):
        TomlFile(tmp_path / "x.toml", "设置").make(Outer)
