"""What running text says of a figure."""

from decimal import Decimal
from typing import Any

import pytest

from warehouse.reports.bulletin.lines import BulletinLine
from warehouse.reports.bulletin.sentences import doubt_words, growth_words, name_words, value_words

PLAIN: dict[str, Any] = {
    "code": "grid_count", "name": "网格", "basis": "", "unit": "个", "kind": "stock", "is_cumulative": False,
    "rendered": "", "previous_value": None, "change_value": None, "change": None, "change_unit": "%",
    "change_status": None, "source_rows": 1, "status": "终值", "marks": (), "observation_status": "A",
    "definition": "", "disputed": None, "form": "网格划分台账", "trace": "", "better": None,
}  # fmt: skip


def line(value: str, *, before: str | None = None, pct: str | None = None, **fields: Any) -> BulletinLine:
    """A line of a value, with all that was reported the year before where that is given."""
    known = Decimal(value)
    change = {
        "previous_value": Decimal(before) if before else None,
        "change_value": known - Decimal(before) if before else None,
        "change": Decimal(pct) if pct else None,
    }
    return BulletinLine(**(PLAIN | change | {"value": known} | fields))


@pytest.mark.parametrize(
    ("value", "unit", "kind", "words"),
    [
        ("1194980000", "元", "flow", "11.95亿元"),
        ("6258000", "元", "flow", "625.8万元"),
        ("19237.3143", "元", "ratio", "19237元"),
        ("36817", "人", "stock", "36817人"),
        ("162000", "人次", "flow", "16.2万人次"),
        ("52536.42", "吨", "flow", "5.25万吨"),
        ("1693.8", "吨", "flow", "1693.8吨"),
        ("92.397", "%", "ratio", "92.4%"),
        ("1.733", "倍", "ratio", "1.73倍"),
    ],
)
def test_a_value_is_written_as_running_text_has_it(value: str, unit: str, kind: str, words: str) -> None:
    figure = line(value, unit=unit, kind=kind)
    assert value_words(figure, Decimal(value)) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (line("12", before="8", pct="50"), "比上年增加4个"),
        (line("36817", before="36987", pct="-0.46", unit="人"), "比上年减少170人"),
        (line("1194980000", before="1000000000", pct="19.5", unit="元", kind="flow"), "比上年增长19.5%"),
        (line("52536.42", before="60000", pct="-12.44", unit="吨", kind="flow"), "比上年下降12.44%"),
        (line("97.8723", before="95.5", unit="%", kind="ratio"), "比上年提高2.37个百分点"),
        (line("97.8723", before="97.8724", unit="%", kind="ratio"), "与上年基本持平"),
        (line("1.733", before="1.5452", unit="倍", kind="ratio"), "上年为1.55倍"),
        (line("3", before="3", pct="0"), "与上年持平"),
        (line("1000", before="0", unit="元"), "比上年增加1000元"),
        (line("4", before="3", pct="33.33", kind="definition"), ""),
        (line("4"), ""),
    ],
)
def test_the_change_is_in_the_words_of_its_kind(figure: BulletinLine, words: str) -> None:
    assert growth_words(figure) == words


def test_a_change_of_fewer_units_than_were_published_says_so() -> None:
    visits = line("938", before="727", unit="次", change_value=Decimal(133), change=Decimal(18))
    assert growth_words(visits) == "按可比口径比上年增加133次"


@pytest.mark.parametrize(
    ("status", "change_status", "with_growth", "words"),
    [
        ("终值", None, True, ""),
        ("不完整", None, False, "不完整"),
        ("终值", "暂定", True, "增减暂定"),
        ("终值", "暂定", False, ""),
        ("不完整", "待核", True, "不完整，增减待核"),
    ],
)
def test_what_is_not_final_is_said(
    status: str, change_status: str | None, with_growth: bool, words: str
) -> None:
    figure = line("4", status=status, change_status=change_status)
    assert doubt_words(figure, with_growth=with_growth) == words


def test_a_sentence_begins_with_the_name() -> None:
    assert name_words(line("4")) == "网格"
    assert name_words(line("4", basis="2020")) == "网格（2020年名录）"
    assert name_words(line("97", unit="%", kind="ratio", name="满意度")) == "满意度为"
