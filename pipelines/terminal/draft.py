"""A drafted form as a steward checks it: the sheet with every cell's class, then what is unsure."""

import shlex
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sources.drafting.cells import CellClass, ShownCell, classify_cells
from sources.drafting.forms import DraftedForm
from sources.reading.cells import cell_address

_CLASSES: dict[CellClass, tuple[str, str, str]] = {
    "title": ("T", "表题", "1;36"),
    "line": ("L", "单位、期别等行", "36"),
    "header": ("H", "表头", "1;34"),
    "body": ("B", "数据", "32"),
    "total": ("S", "合计", "33"),
    "memo": ("M", "对比（上年、增减）", "35"),
    "footer": ("F", "表尾", "90"),
    "ignored": ("X", "不读", "90"),
    "personal": ("P", "个人信息，不读", "31"),
}
"""Letter, name and colour of each class."""

_CELL = 8
_ROWS_SHOWN = 40
_PARTS = {
    "heading": "表头", "unit": "单位", "type": "类型", "name": "名称", "key": "主键", "role": "读不读",
}  # fmt: skip


def show_form(form: DraftedForm, *, colour: bool, width: int) -> Iterator[str]:
    """Yield lines: the sheet in colours, or with a letter before each cell; then all that is unsure."""
    title = "、".join(form.titles) or "没有表题"
    copies = f"；另有同样的 {form.copies} 张表，不另起草" if form.copies else ""
    yield f"【{form.sheet.name}】{title}：{len(form.read_fields)} 栏{copies}"
    yield "　".join(
        _paint(f"{letter} {name}", code, colour=colour) for letter, name, code in _CLASSES.values()
    )
    rows: dict[int, list[ShownCell]] = defaultdict(list)
    for cell in classify_cells(form):
        rows[cell.row].append(cell)
    numbers = sorted(rows)
    left_out = numbers[_ROWS_SHOWN // 2 : -_ROWS_SHOWN // 2] if len(numbers) > _ROWS_SHOWN else []
    for row in numbers:
        if left_out and row == left_out[0]:
            yield f"     …（略 {len(left_out)} 行）"
        if row not in left_out:
            yield from _show_row(row, rows[row], colour=colour, width=width)
    yield ""
    yield from _list_doubts(form)


def _show_row(row: int, cells: list[ShownCell], *, colour: bool, width: int) -> Iterator[str]:
    """Yield a row of a sheet, on further lines what is wider than the terminal."""
    room = max((width - 6) // (_CELL + 3), 1)
    for start in range(0, len(cells), room):
        shown = []
        for cell in cells[start : start + room]:
            letter, _, code = _CLASSES[cell.cell_class]
            text = _cut(cell.text)
            shown.append(_paint(text, code, colour=True) if colour else f"{letter}:{text}")
        number = f"{row + 1:>4}" if start == 0 else "    "
        yield f"{number} {' '.join(shown)}"


def _cut(text: str) -> str:
    """Cut a text to the room of a cell, and fill it up."""
    kept, room = "", _CELL
    for character in text:
        size = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if size > room or not character.isprintable():
            break
        kept, room = kept + character, room - size
    return kept + " " * room


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _list_doubts(form: DraftedForm) -> Iterator[str]:
    doubts = [f"{key}：{why}" for key, why in form.doubts.items()]
    for part in form.fields:
        where = (
            cell_address(0, part.column.at)[:-1] if form.shape == "rows" else f"第 {part.column.at + 1} 行"
        )
        name = "个人信息栏" if part.role == "personal" else part.column.heading or "（无表头）"
        doubts += [f"{where}“{name}”{_PARTS[of]}：{why}" for of, why in part.doubts.items()]
    doubts += [f"表上印的规则“{rule.text}”：{rule.doubt}" for rule in form.rules if rule.doubt]
    doubts += [f"表上印的规则“{rule.text}”：有 {rule.broken} 行不合" for rule in form.rules if rule.broken]
    yield f"待核 {len(doubts)} 处：" if doubts else "没有待核之处"
    yield from (f"  {line}" for line in doubts)


def show_next_step(path: Path) -> Iterator[str]:
    """Yield what to do with the draft."""
    yield "下一步：改好各处待核，把约定放进 $XIANGCANG_HOME/county/contracts/，再试读："
    yield f"  xiangcang check {shlex.quote(str(path))}"
