"""English names of fields: of a stock form where its heading is the same, else put together from a list of terms."""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from schemas.field import Column, columns
from schemas.lineage import Staged
from sources.county.references import References
from sources.drafting.columns import PrintedColumn
from sources.layout.column_name import is_code, names_of
from sources.reading.cells import cell_address
from sources.text.squeeze import squeeze
from sources.text.unit import factor

_TERMS = Path(__file__).with_name("terms.csv")
_LONGEST, _LONGEST_TABLE = 60, 40
_SUFFIXES = {
    "户": "households", "人": "persons", "名": "persons", "人次": "visits", "元": "yuan", "%": "pct", "‰": "permille",
    "亩": "mu", "公顷": "hectares", "顷": "qing", "平方公里": "km2", "平方米": "m2", "立方米": "m3", "吨": "tonnes",
    "公斤": "kg", "千克": "kg", "斤": "jin", "千瓦": "kw", "千瓦时": "kwh", "度": "kwh", "公里": "km", "千米": "km",
    "米": "m", "头": "heads", "只": "heads", "株": "plants", "台": "machines", "辆": "vehicles", "次": "times", "倍": "ratio",
    "美元": "usd",
}  # fmt: skip
"""Endings of names, by unit of measure; counts of things have none."""

_MULTIPLES = {
    "百": "100",
    "千": "1000",
    "万": "10k",
    "十万": "100k",
    "百万": "1m",
    "千万": "10m",
    "亿": "100m",
}
_IDLE = re.compile(r"(?:[的数及和与等、,:()（）.%‰\d①-⑳]|其中|情况|实有|全年|按|分$|中$|本)")
"""What a name leaves out."""

GENERIC = frozenset(
    {"合计", "总计", "小计", "计", "总量", "总数", "数量", "面积", "播种面积", "种植面积", "产量", "总产",
     "单产", "总产量", "男", "女", "户数", "人数", "人口", "金额", "个数", "其他", "其它", "本年",
     "上年", "增减", "增速", "存栏", "出栏", "收入", "支出", "资产", "负债", "利润"}
)  # fmt: skip
"""Headings that say nothing without the one above them."""


_BESIDE_TITLE = re.compile(
    r"(?:统计|汇总|调查)*(?:情况)?(?:统计|汇总|调查)*(?:年报|月报|季报|报)?(?:表|台账|登记簿|名册|名单)?(?:\(.*\))?$"
)
_PERIOD = re.compile(r"^.*?(?:19|20)\d\d年(?:度)?|^\d+年(?:度)?")


@dataclass
class Namer:
    """Proposes names for the columns of a form, each once.

    like: the stock form whose names come first.
    """

    references: References
    like: str | None = None
    used: set[str] = field(default_factory=lambda: {column.name for column in columns(Staged)})

    @cached_property
    def _known(self) -> dict[str, list[tuple[str, Column]]]:
        return _stock_headings(self.references)

    def stock_field(self, column: PrintedColumn) -> Column | None:
        """Return the field of a stock form that is known by this heading; several names for it leave it open."""
        known = self._known
        names = {column.heading, squeeze("/".join(column.path))}
        names |= {"/".join(column.heading.split("/")[1:])} if self.like else set()
        candidates = [
            (table, stock)
            for name in sorted(names)
            for table, stock in known.get(name, [])
            if _is_same_measure(column.unit, stock)
        ]
        like = [stock for table, stock in candidates if table == self.like]
        if like:
            return like[0]
        counts = Counter(stock.name for _, stock in candidates)
        most = counts.most_common(2)
        if len(most) > 1:
            column.doubt("name", f"库存的表里，此表头有名称 {most[0][0]}、{most[1][0]}")
        if not most or (len(most) == 2 and most[0][1] == most[1][1]):
            return None
        return next(stock for _, stock in candidates if stock.name == most[0][0])

    def name(self, column: PrintedColumn, unit: str | None, ending: str = "", place: str = "") -> str:
        """Propose a name; unsure where terms are lacking, or where it is taken.

        ending: of a type without a unit of measure. place: a word for where it stands, by default its column's.
        """
        words, is_whole = _words_of_path(column)
        suffix = suffix_of(unit) or ending
        letter = place or f"column_{cell_address(0, column.at)[:-1].lower()}"
        if not words or not is_whole:
            column.doubt("name", "名称待改：有的词不在词表里")
            words = letter
        for parents in range(1, len(column.path)):
            if _join(words, suffix) not in self.used:
                break
            more, _ = _words_of_path(column, parents + 1)
            words = more or words
        name = _join(words, suffix)
        if name in self.used:
            column.doubt("name", "另有一栏也叫这个名称，加了列的字母")
            name = _join(f"{words}_{letter}", suffix)
        return self.take(name)

    def take(self, name: str) -> str:
        """Mark a name as used, and return it."""
        self.used.add(name)
        return name


def propose_table_name(title: str) -> tuple[str, bool]:
    """Propose a name for the table of a form; whether the list of terms has all of its title."""
    bare = _BESIDE_TITLE.sub("", _PERIOD.sub("", title))
    words, whole = _translate(bare)
    while words and len("_".join(words)) > _LONGEST_TABLE:
        words.pop()
    return "_".join(words), whole and bool(words)


def suffix_of(unit: str | None) -> str:
    """Return the ending of a name that says a unit of measure; empty for counts of things."""
    if not unit:
        return ""
    if "/" in unit:
        over, under = unit.split("/", 1)
        return "_per_".join(filter(None, (suffix_of(over), suffix_of(under).removesuffix("s"))))
    if unit in _SUFFIXES:
        return _SUFFIXES[unit]
    for multiple, word in sorted(_MULTIPLES.items(), key=lambda item: -len(item[0])):
        if unit.startswith(multiple):
            return "_".join(filter(None, (word, suffix_of(unit.removeprefix(multiple)))))
    return ""


def _join(words: str, suffix: str) -> str:
    """Join words and a unit's ending, which they may have already; a name begins with a letter."""
    if suffix and (words == suffix or words.endswith(f"_{suffix}")):
        name = words
    else:
        name = "_".join(filter(None, (words[: _LONGEST - len(suffix)].strip("_"), suffix)))
    return name if name[0].isalpha() else f"n_{name}"


def _words_of_path(column: PrintedColumn, depth: int = 1) -> tuple[str, bool]:
    """Translate the lowest headings of a column; more of them where the lowest say too little."""
    parts = [
        part
        for part in column.heading.split("/")
        if part and not re.fullmatch(r"其中:?|[一二三四五六七八九十]+、?", part)
    ]
    if not parts:
        return "", False
    depth = max(depth, 1 + sum(1 for part in parts[:0:-1] if part in GENERIC) if parts[-1] in GENERIC else 1)
    translated = [_translate(part) for part in parts[-depth:]]
    words = [word for part, _ in translated for word in part]
    distinct = [word for at, word in enumerate(words) if word not in words[:at]]
    return "_".join(distinct), all(whole for _, whole in translated)


def _translate(text: str) -> tuple[list[str], bool]:
    """Translate a heading by the longest terms first from its left; whether nothing but idle words is left out."""
    terms, words, whole, at = _terms(), [], True, 0
    text = re.sub(r"^其中:?", "", text)
    while at < len(text):
        longest = next((n for n in range(min(18, len(text) - at), 0, -1) if text[at : at + n] in terms), 0)
        if longest:
            words.append(terms[text[at : at + longest]])
            at += longest
        elif idle := _IDLE.match(text, at):
            at = idle.end()
        else:
            whole, at = False, at + 1
    return words, whole


@cache
def _terms() -> dict[str, str]:
    with _TERMS.open(encoding="utf-8", newline="") as file:
        return {line["zh"]: line["en"] for line in csv.DictReader(file)}


def _is_same_measure(printed: str | None, stock: Column) -> bool:
    """Tell whether a field of a stock form may hold what a column prints: in the same unit, or in any of money.

    A unit that is not printed may be its own.
    """
    if printed is None or stock.unit is None:
        return printed is None
    scale = factor(printed, stock.unit)
    return scale is not None and (scale == 1 or stock.unit == "元")


def _stock_headings(references: References) -> dict[str, list[tuple[str, Column]]]:
    """List by heading the tables and fields of stock forms that are known by it."""
    known: dict[str, list[tuple[str, Column]]] = {}
    for contract in references.contracts.values():
        fields = {column.name: column for column in references.columns_to_fill(contract.table)}
        for name, headings in contract.columns.items():
            texts = dict.fromkeys([*headings, fields[name].title])
            for heading in filter(None, map(squeeze, texts)):
                if not is_code(heading):
                    for spelled in names_of((heading,)):
                        known.setdefault(spelled, []).append((contract.table, fields[name]))
    return known
