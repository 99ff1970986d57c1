"""Mentions of periods: all that a text names, each with what it is."""

import calendar
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from sources.text.period import MONTHS, Grain
from sources.text.period_patterns import PATTERNS, UNCLEAR, Kind
from sources.text.period_spelling import spell_out


@dataclass(frozen=True)
class Mention:
    """A part of a text that names a time.

    kind: a year, quarter, month or day; `span`, months of one year from the first to the last; `unclear`, several
    periods, parts of one, or what cannot be decided; `sent`, when a form was filled in or sent; `comparison`, another
    period that figures are held against; `other`, as the number of a document.
    first, last: its months. start, end: where it stands in the text as spelled out. is_as_of: whether figures claim
    to be as of it, so that it is no day of sending.
    """

    kind: Kind
    text: str
    start: int
    end: int
    year: int | None = None
    first: int = 1
    last: int = 12
    day: int | None = None
    is_as_of: bool = False

    @property
    def is_of_figures(self) -> bool:
        """Whether it says what figures are about, rightly or not."""
        return self.kind not in ("sent", "comparison", "other")

    def read_as(self, grain: Grain, cumulative: bool) -> str | None:
        """Read it as a period of a grain, written without its year (`-Q2`, `-06`; empty for a year).

        cumulative: whether amounts count from January; then months from January on are the period they end in.
        """
        if grain == "date":
            return f"-{self.last:02}-{self.day:02}" if self.kind == "day" else None
        if grain == "ten_days":
            number = self._number_of_ten_days()
            return f"-{self.last:02}-D{number}" if number else None
        step = MONTHS[grain]
        if self.last % step or not self._covers(grain, self.last - step + 1, cumulative):
            return None
        tails = {"year": "", "half": f"-H{self.last // 6}", "quarter": f"-Q{self.last // 3}"}
        return tails.get(grain, f"-{self.last:02}")

    def _number_of_ten_days(self) -> int | None:
        """Return which third of its month it is, by its name or as of its last day."""
        if self.kind == "day":
            ends = {10: 1, 20: 2} | {calendar.monthrange(year, self.last)[1]: 3 for year in self._years}
            return ends.get(self.day or 0)
        named = re.search("([上中下])旬$", self.text) if self.first == self.last else None
        return "上中下".index(named[1]) + 1 if named else None

    @property
    def _years(self) -> tuple[int, ...]:
        """Its year; where it has none, a common one and a leap year."""
        return (self.year,) if self.year else (2023, 2024)

    def _covers(self, grain: Grain, first: int, cumulative: bool) -> bool:
        """Whether it is the period that begins with a month and ends with its last, by its name or its months."""
        if self.kind == "day":  # as of: it stands for what ends on it
            return self.day in {calendar.monthrange(year, self.last)[1] for year in self._years}
        if self.kind == "span":
            return self.first == (1 if cumulative else first)
        return self.kind == grain


_RANGE = re.compile(r"(?:起|开始|份|号|度|\))?(?:[~至到-]+)\(?第?")
_LIST = re.compile(r"\)?(?:[、,和及与&+/]|以及)\(?第?")
_BARE_END = re.compile(r"[~至到和及与或、,&+-]\d{1,2}(?![\d.年月季]|-\d)")
_TO_DATE = re.compile(r"(?:份|止|度|为止)*(?:本年|当年|全年)?累计")
_TO_DATE_BEFORE = re.compile(r"累计(?:~|-|至|到|截至|截止到?)?$")
_FILLED_IN = "填报|填表|报送|上报|报出|制表|打印|审核|导出|生成|提交|发送|更新|修改"
_SENT_BEFORE = re.compile(
    rf"(?:{_FILLED_IN}|填写|呈报|制作|编制|复核|审批|修订|录入|下载|签发|印发|接收|收到|盖章|签字|落款)"
    r"(?:的?(?:日期|时间|年月|日)|于)?:?\(?$"
)
_SENT_LABEL = re.compile(r"(?:日期|时间|年月|日|于|:)\(?$")
_SENT_AFTER = re.compile(rf"\)?(?:{_FILLED_IN}|填|报(?![表告])|制|定稿|版|稿|[之以]?前)")
_MONTH_SENT_AFTER = re.compile(r"\)?(?:填报|填表|报送|上报|制表|打印|导出|提交)(?!情况|表|单|说明)")
_HELD_AGAINST = re.compile(
    r"(?:(?:去年|上年|前年|明年|次年|上一年|上期|同期|同月|同季|基期)+:?|较|(?<!占)比)\(?$"
)
_HELD_AGAINST_AFTER = re.compile(r"(?:同期|同月|同季|相比|比较?(?!例))")
_OPEN = re.compile(r"(?:份|度)?(?:至今|以来|起(?!草))")
_AS_OF = re.compile(r"截(?:至|止到?)?(?:日期)?:?$")
_VALIDITY = re.compile(r"有效期限?(?:[截至到:~-])*$")


@lru_cache(maxsize=1 << 12)
def find_mentions(text: str, *, typed: bool = True) -> tuple[Mention, ...]:
    """Find all periods and other times that a text names, in their order.

    typed: whether it stands as it was typed; of a number 2022.1 nobody knows whether 2022.10 was.
    """
    spelled = spell_out(text)
    mentions = _join_ranges(spelled, _find_points(spelled, typed))
    return tuple(_in_context(spelled, mention) for mention in mentions)


def rest_of(text: str) -> str:
    """Return what a text holds besides the times that it names."""
    spelled = spell_out(text)
    for mention in reversed(find_mentions(text)):
        spelled = spelled[: mention.start] + spelled[mention.end :]
    return spelled


def _find_points(spelled: str, typed: bool) -> list[Mention]:
    """Find single times; what one pattern has taken, no later one reads."""
    points, left = [], spelled
    for pattern, build in PATTERNS:
        for match in pattern.finditer(left):
            parts = build(match)
            if not typed and re.fullmatch(r"\d{4}\.1", match[0]):
                parts = UNCLEAR
            kind, year, first, last, day = parts
            points.append(Mention(kind, match[0], match.start(), match.end(), year, first, last, day))
            left = left[: match.start()] + "\0" * len(match[0]) + left[match.end() :]
    return sorted(points, key=lambda point: point.start)


def _join_ranges(spelled: str, points: list[Mention]) -> list[Mention]:
    """Join points that are the ends of a range, or items of a list."""
    joined: list[Mention] = []
    for point in points:
        last = joined[-1] if joined else None
        between = spelled[last.end : point.start] if last else ""
        if last and _RANGE.fullmatch(between) and not _is_dated(last, between, point):
            joined[-1] = _range(last, point, spelled)
        elif last and _LIST.fullmatch(between) and last.kind == point.kind and last.kind != "sent":
            joined[-1] = _unclear(last.start, point.end, spelled)
        else:
            joined.append(point)
    for number, mention in enumerate(joined):
        if mention.kind in ("month", "quarter") and (end := _BARE_END.match(spelled, mention.end)):
            joined[number] = _unclear(mention.start, end.end(), spelled)
    return joined


def _is_dated(first: Mention, sign: str, second: Mention) -> bool:
    """Whether a hyphen only parts a period from the day on which it was sent (`6月-20220705`)."""
    is_day = second.kind in ("day", "sent") and second.year is not None
    return first.kind in ("other", "sent") or (sign == "-" and first.kind != "day" and is_day)


def _unclear(start: int, end: int, spelled: str) -> Mention:
    return Mention("unclear", spelled[start:end], start, end)


def _range(first: Mention, second: Mention, spelled: str) -> Mention:
    """Join the ends of a range: whole months of one year, or unclear."""
    unclear = _unclear(first.start, second.end, spelled)
    kinds = {first.kind, second.kind}
    if not kinds <= {"month", "quarter", "day", "span"}:
        return unclear
    year = second.year or first.year
    if (first.year or year) != year or first.first > second.last:
        return unclear
    if first.day not in (None, 1) or (second.day and not replace(second, year=year).read_as("month", False)):
        return unclear
    return replace(unclear, kind="span", year=year, first=first.first, last=second.last)


def _in_context(spelled: str, mention: Mention) -> Mention:
    """Say what a time is by the words around it."""
    before, after = spelled[: mention.start], spelled[mention.end :]
    if _VALIDITY.search(before):
        return replace(mention, kind="other")
    if _OPEN.match(after):
        return replace(mention, kind="unclear")
    if mention.kind == "day" and (_AS_OF.search(before) or mention.text[-1] in "底末终"):
        return replace(mention, is_as_of=True)
    if _HELD_AGAINST.search(before) or _HELD_AGAINST_AFTER.match(after):
        return replace(mention, kind="comparison")
    label = _SENT_BEFORE.search(before)
    if label and (_SENT_LABEL.search(label[0]) or mention.kind == "day"):
        return replace(mention, kind="sent", start=label.start())
    sent_after = {"day": _SENT_AFTER, "month": _MONTH_SENT_AFTER}.get(mention.kind)
    if sent_after and (word := sent_after.match(after)):
        return replace(mention, kind="sent", end=mention.end + word.end())
    to_date = _TO_DATE.match(after) or _TO_DATE_BEFORE.search(before)
    if to_date and mention.kind in ("month", "quarter") and mention.last > 1:
        return replace(mention, kind="span", first=1)
    return mention
