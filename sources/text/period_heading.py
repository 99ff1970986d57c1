"""Headings with a period in them: templates such as `{year}年{quarter}季度`, filled from the period of a delivery."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sources.text.period import Grain, period_end
from sources.text.period_spelling import spell_out

PARTS: dict[Grain, tuple[str, ...]] = {
    "year": ("year", "last_year"),
    "half": ("year", "last_year", "half", "month"),
    "quarter": ("year", "last_year", "quarter", "month"),
    "month": ("year", "last_year", "month"),
    "ten_days": ("year", "last_year", "month", "ten_days"),
    "date": ("year", "last_year", "month", "day"),
}
"""What of its period the headings of a form of each grain may hold; the month of a half or a quarter is its last."""

_PART = re.compile(r"\{([^{}]*)\}")
_ORDINAL = re.compile(r"第(?=\d)|(?<!\d)0(?=\d[月日])")


def parts_in(heading: str) -> list[str]:
    """List the parts of a period that a heading is a template of; none of a plain one."""
    return _PART.findall(heading)


@dataclass(frozen=True)
class PeriodHeadings:
    """Headings with a period in them: by template, what a column under it means."""

    meanings: Mapping[str, str]

    @classmethod
    def among(cls, meanings: Mapping[str, str]) -> "PeriodHeadings":
        """Take the templates among some headings."""
        return cls({heading: meaning for heading, meaning in meanings.items() if parts_in(heading)})

    def find(self, names: Iterable[str], period: str) -> str | None:
        """Find what the first of a column's names means that is a heading of this period; None without a period."""
        if not self.meanings or not period:
            return None
        filled = {fill(template, period): meaning for template, meaning in self.meanings.items()}
        return next((filled[name] for name in map(_spell, names) if name in filled), None)

    def find_of_any(self, names: Iterable[str]) -> list[str]:
        """Find what a column may mean whose name is a heading of some period, whichever."""
        shapes = {_blank_numbers(_spell(name)) for name in names} if self.meanings else set()
        return [meaning for template, meaning in self.meanings.items() if _shape(template) in shapes]


@lru_cache(maxsize=1 << 12)
def fill(template: str, period: str) -> str:
    """Fill a template with the parts of a period, spelled in one way."""
    end = period_end(period)
    parts = {
        "year": end.year, "last_year": end.year - 1, "quarter": (end.month + 2) // 3,
        "month": end.month, "day": end.day, "half": "上" if end.month <= 6 else "下",
        "ten_days": "上中下"[min((end.day - 1) // 10, 2)],
    }  # fmt: skip
    return _spell(_PART.sub(lambda part: str(parts[part[1]]), template))


@lru_cache(maxsize=1 << 12)
def _shape(template: str) -> str:
    return _blank_numbers(fill(template, "2021-12-28"))


def _spell(heading: str) -> str:
    """Spell a heading in one way: Arabic numerals, without 第 and zeros in front (`二〇一六年第一季度`)."""
    return _ORDINAL.sub("", spell_out(heading))


def _blank_numbers(heading: str) -> str:
    return re.sub(r"\d+", "#", heading)
