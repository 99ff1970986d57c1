"""Cell accounts: what became of every cell of a sheet, for the receipt."""

from collections import Counter
from decimal import Decimal

from sources.home.receipts import SheetAccount
from sources.layout.block import CellClasses
from sources.layout.block_content import BlockContent
from sources.reading.cells import Sheet, cell_address

_ELSEWHERE = "属于同一文件的另一报送"


def account_of(
    sheet: Sheet,
    group: list[BlockContent],
    contents: list[BlockContent],
    ignored: dict[str, str],
    scales: list[dict[str, Decimal]],
) -> SheetAccount:
    """Account for the cells of a sheet in the receipt of one delivery.

    group: the contents of this delivery among all of the workbook; scales: for each content of the group, by
    field what its numbers are multiplied by. ignored: by name the sheets that are not read, and why.
    """
    classes, reasons = Counter[str](), Counter[str]()
    columns: dict[str, str] = {}
    cells: dict[str, str] = {}
    units: dict[str, str] = {}
    agreed: dict[str, str] = {}
    in_sheet = [content for content in contents if content.block.sheet is sheet]
    own = [
        (content, scale) for content, scale in zip(group, scales, strict=True) if content.block.sheet is sheet
    ]
    scaled = dict.fromkeys(name for _, scale in own for name in scale)
    for number, (content, scale) in enumerate(own, start=1):
        classes.update(content.classes.counts)
        reasons.update(content.classes.ignored)
        letters = {name: cell_address(0, column)[:-1] for name, column in content.columns.items()}
        _note_places(columns, letters, number)
        _note_places(cells, content.cells, number)
        agreed |= content.agreed_units
        # also where this block states no unit and another does
        _note_places(units, {name: f"{scale.get(name, Decimal(1)).normalize():f}" for name in scaled}, number)
    others = sum(sum(content.classes.counts.values()) for content in in_sheet if content not in group)
    unread = count_cells(sheet) if sheet.name in ignored else 0
    for reason, count in ((_ELSEWHERE, others), (ignored.get(sheet.name, ""), unread)):
        if count:
            classes["ignored"] += count
            reasons[reason] += count
    return SheetAccount(
        name=sheet.name,
        hidden=sheet.hidden,
        read_cells=count_cells(sheet),
        classes=dict(classes),
        ignored_reasons=dict(reasons),
        columns=columns,
        cells=cells,
        scales=units,
        agreed_units=agreed,
        blocks=max(len(own), 1),
    )


def blocks_before(group: list[BlockContent], number: int) -> int:
    """Count the contents of a delivery that lie in the sheet of its content `number` before that one."""
    sheet = group[number].block.sheet
    return sum(content.block.sheet is sheet for content in group[:number])


def _note_places(known: dict[str, str], more: dict[str, str], number: int) -> None:
    """Note the places of fields; one that lies elsewhere in a later record or block as `field[2]`."""
    for name, at in more.items():
        if known.setdefault(name, at) != at:
            known[f"{name}[{number}]"] = at


def count_cells(sheet: Sheet) -> int:
    """Count the non-empty cells of a sheet."""
    return sum(len(kinds) - kinds.count(" ") for kinds in sheet.kinds)


def all_ignored(sheet: Sheet, reason: str) -> CellClasses:
    """Return the classes of a sheet that is not read: all cells ignored for a reason."""
    classes = CellClasses()
    classes.ignore(reason, count_cells(sheet))
    return classes
