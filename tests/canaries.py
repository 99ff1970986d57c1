"""Made-up names and numbers of persons, planted in every place of deliveries."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from tests.accepted_last import in_force

CANARIES = ["甄隐士", "13900001111", "999001198001019999", "6228480402564890018"]
WRITTEN_APART = [
    "139-0000-1111",
    "139 0000 1111",
    "１３９００００１１１１",
    "999001 19800101 9999",
    "6228 4804 0256 4890 018",
]
MARK = "甄隐士13900001111"


FOOT = [
    f"填表人：{MARK} 身份证 {CANARIES[2]}", f"联系电话：{CANARIES[1]} 卡号 {CANARIES[3]}",
    f"联系人=甄隐士+{WRITTEN_APART[0]}", "审核关系：1=2+3；联系人=甄隐士",
    f"说明：电话 {WRITTEN_APART[1]}、{WRITTEN_APART[2]}，证号 {WRITTEN_APART[3]}，卡 {WRITTEN_APART[4]}",
]  # fmt: skip
"""Lines below a table: signatures, and what looks like a rule."""


def plant_in_every_form(sample_home: Path, home: Path) -> None:
    """Drop into a home files of every contract of a loaded home, with canaries in them."""
    receipts = read_receipts(Home(sample_home))
    counting = in_force(receipts, max(r.received_at for r in receipts))
    for receipt in {r.contract: r for r in counting if r.file.format in ("xlsx", "text")}.values():
        data = (sample_home / "archive" / receipt.file.sha256).read_bytes()
        plant = planted_text if receipt.file.format == "text" else planted_workbook
        folder = home / "inbox" / receipt.file.folder
        folder.mkdir(parents=True, exist_ok=True)
        for number, planted in enumerate(plant(data, receipt)):
            stem, suffix = receipt.file.name.rsplit(".", 1)
            name = receipt.file.name if suffix == "dat" else f"{stem}联系人甄隐士（{number}）.{suffix}"
            if suffix != "dat" or number == 0:
                (folder / name).write_bytes(planted)


def planted_workbook(data: bytes, receipt: Receipt) -> Iterator[bytes]:
    """One copy with canaries around the body, and one with a canary in every kind of cell of the body."""
    facts = next(sheet for sheet in receipt.sheets if sheet.columns or sheet.cells)
    for place in ("around", "body"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = book[facts.name]
        book.properties.creator = book.properties.lastModifiedBy = MARK
        book.create_sheet("草稿")["A1"] = MARK
        book.create_sheet(f"户主甄隐士{WRITTEN_APART[0]}")["A1"] = MARK
        sheet["A1"].comment = Comment(MARK, CANARIES[0])
        for line in FOOT:
            sheet.cell(sheet.max_row + 1, 1).value = line
        if place == "around":
            for row in sheet.iter_rows(max_row=4):
                for cell in row:
                    if isinstance(cell.value, str) and cell.value:
                        cell.value = f"{cell.value}  {MARK}"
        else:
            plant_in_body(sheet, facts.columns, facts.cells)
        out = io.BytesIO()
        book.save(out)
        yield out.getvalue()


def plant_in_body(sheet: Worksheet, columns: dict[str, str], cells: dict[str, str]) -> None:
    for step, column in enumerate(columns.values()):
        sheet[f"{column}{8 + step}"].value = MARK
        sheet[f"{column}{9 + step}"].value = WRITTEN_APART[step % 2]
        sheet[f"{column}{10 + step}"].value = WRITTEN_APART[3 + step % 2]
    for cell in cells.values():
        sheet[cell].value = MARK


def planted_text(data: bytes, receipt: Receipt) -> Iterator[bytes]:
    """A canary in every field, one line each, and one after the last line."""
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
    delimiter = "|" if receipt.file.name.endswith(".dat") else ","
    lines = data.decode(encoding).splitlines()
    for at in range(min(len(lines) - 3, lines[0].count(delimiter) + 1)):
        fields = lines[at + 1].split(delimiter)
        if len(fields) > at:
            fields[at] = MARK if at % 2 else CANARIES[2] + MARK
        lines[at + 1] = delimiter.join(fields)
    yield ("\r\n".join([*lines, MARK]) + "\r\n").encode(encoding)
