"""The texts over a table that may name its period: beside a label, or in a cell that holds nothing else."""

import re
from collections.abc import Iterator

from sources.layout.block import Block, StatedText, find_stated
from sources.layout.settle import PeriodText
from sources.reading.cells import cell_address, cell_position
from sources.text.period_mention import find_mentions, rest_of

_DATE_AT_END = re.compile(
    r"(?:^|\s)[（(]?[12一二]\s*[\d九〇○零][\d\s〇○零一二三四五六七八九十年月日季度第上下半全前至到.~～—－-]*[年月日季度][）)]?$"
)
_PART_OF_DATE = re.compile(r"[\d\s〇○零一二三四五六七八九十元年月日季度第上下半全前至到份.~～—–－（）()-]+")
_FILLER = re.compile(r"(?:[\s():,.、~-]|自|至|到|起|止|份|截至|截止|累计|本年|当年|本期|末|底)*")
_TIME_LABEL = re.compile(
    r"(?:报告|统计|所属|数据|报表|会计|核算|考核|调查|截止|截至|填报(?=期)|表|报|账|本)?"
    r"(?:期|期间|时期|期别|年月|时间|日期|时点|月份|季度|年份|年度|所属期)[:：]"
)
_UNIT_OF_TIME = re.compile("[年月季半日Q]")


def find_period_texts(block: Block, rows: range) -> list[PeriodText]:
    """Find the texts in some rows over a table that may name its period; those beside its label come first."""
    stated = [
        text
        for label in block.contract.workbook.period_line
        if (beside := find_stated(block, rows, [label])) is not None
        for text in [_complete(block, beside)]
    ]
    taken = {text.cell for text in stated}
    return stated + [text for text in _find_lone(block, rows) if text.cell not in taken]


def take_date_off(reporter: StatedText) -> tuple[StatedText | None, list[PeriodText]]:
    """Part a reporter's name from a date that stands behind it in the same cell."""
    date = _DATE_AT_END.search(reporter.text)
    if not date:
        return reporter, []
    name = reporter.text[: date.start()].strip()
    dated = [PeriodText("填报单位旁", date[0].strip(), cell=reporter.cell)]
    return (StatedText(name, reporter.cell) if name else None), dated


def _complete(block: Block, stated: StatedText) -> PeriodText:
    """Take the text of a label with the cells beside it that go on with the date: 2022, 年, 6, 月."""
    row, column = cell_position(stated.cell)
    sheet = block.sheet
    is_cell = stated.text == sheet.text[row][column].strip()
    text = sheet.shown_at(row, column).strip() if is_cell else stated.text
    for beside in block.filled_columns(row):
        if beside <= column:
            continue
        more = sheet.shown_at(row, beside).strip()
        if not _PART_OF_DATE.fullmatch(more):
            break
        text += f" {more}"
    return PeriodText("报告期", text, cell=stated.cell, is_stated=True, typed=sheet.kinds[row][column] != "n")


def _find_lone(block: Block, rows: range) -> Iterator[PeriodText]:
    """Find cells that hold nothing but a time, perhaps under a label of time that the contract does not know."""
    lines = [label for labels in block.contract.workbook.lines.values() for label in labels]
    for row in rows:
        label = ""
        for column in block.filled_columns(row):
            text = block.sheet.shown_at(row, column).strip()
            labelled = label + text if label.endswith((":", "：")) else text
            label = text
            if row != block.title_row and _names_only_time(labelled, lines):
                yield PeriodText("表头上方", labelled, cell=cell_address(row, column))


def _names_only_time(text: str, lines: list[str]) -> bool:
    if not any(_UNIT_OF_TIME.search(mention.text) for mention in find_mentions(text)):
        return False
    rest = rest_of(text)
    label = _TIME_LABEL.match(rest)
    if label and any(line in label[0] for line in lines):
        return False
    return _FILLER.fullmatch(rest[label.end() :] if label else rest) is not None
