"""What became of every cell of a sheet, as a receipt tells it."""

from collections import Counter
from decimal import Decimal

from sources.home.receipts import SheetAccount
from sources.layout.block import Classes
from sources.layout.laid import Laid
from sources.reading.cells import Sheet, cell_address

_ELSEWHERE = "属于同一文件的另一报送"


def account_of(
    sheet: Sheet,
    group: list[Laid],
    laid: list[Laid],
    ignored: dict[str, str],
    scales: list[dict[str, Decimal]],
) -> SheetAccount:
    """A sheet in the receipt of one delivery.

    group: the parts of this delivery among all that were laid out; scales: of each of its parts, what its
    numbers are multiplied by. ignored: sheets that are not read, and why.
    """
    classes, reasons = Counter[str](), Counter[str]()
    columns: dict[str, str] = {}
    cells: dict[str, str] = {}
    units: dict[str, str] = {}
    here = [one for one in laid if one.block.sheet is sheet]
    own = [(one, scale) for one, scale in zip(group, scales, strict=True) if one.block.sheet is sheet]
    scaled = dict.fromkeys(name for _, scale in own for name in scale)
    for number, (one, scale) in enumerate(own, start=1):
        classes.update(one.classes.counts)
        reasons.update(one.classes.ignored)
        letters = {name: cell_address(0, column)[:-1] for name, column in one.columns.items()}
        _place(columns, letters, number)
        _place(cells, one.cells, number)
        # also where this block states no unit and another does
        _place(units, {name: f"{scale.get(name, Decimal(1)).normalize():f}" for name in scaled}, number)
    others = sum(sum(one.classes.counts.values()) for one in here if one not in group)
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
        blocks=max(len(own), 1),
    )


def blocks_before(group: list[Laid], number: int) -> int:
    """How many parts of a delivery lie in the sheet of its part `number` before that one."""
    sheet = group[number].block.sheet
    return sum(one.block.sheet is sheet for one in group[:number])


def _place(known: dict[str, str], more: dict[str, str], number: int) -> None:
    """Where a later record or block of a sheet lies elsewhere, its fields carry its number: `field[2]`."""
    for name, at in more.items():
        if known.setdefault(name, at) != at:
            known[f"{name}[{number}]"] = at


def count_cells(sheet: Sheet) -> int:
    """How many cells of a sheet are not empty."""
    return sum(len(kinds) - kinds.count(" ") for kinds in sheet.kinds)


def all_ignored(sheet: Sheet, reason: str) -> Classes:
    """The classes of a sheet that is not read."""
    classes = Classes()
    classes.ignore(reason, count_cells(sheet))
    return classes
