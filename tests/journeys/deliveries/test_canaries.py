"""No name, ID number, phone or account number gets past reading, wherever it stood in a file."""

import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import duckdb
import openpyxl
import polars as pl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from sources.county.references import read_references
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from tests.accepted_last import in_force
from tests.district import COUNTY
from tests.journeys.command import load

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


def everything_kept(home: Path) -> Iterator[tuple[str, str]]:
    """What a home keeps but archive and keys, as text; compressed formats value by value."""
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home).as_posix()
        if not path.is_file() or inside.split("/")[0] in ("archive", "inbox", "keys", "expected"):
            continue
        if path.suffix == ".parquet":
            yield inside, pl.read_parquet(path).cast(pl.String, strict=False).write_csv()
        elif path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as warehouse:
                for (table,) in warehouse.sql("select table_name from duckdb_tables()").fetchall():
                    yield f"{inside}:{table}", str(warehouse.sql(f"select * from {table}").fetchall())
        elif path.suffix == ".db":
            with sqlite3.connect(path) as database:
                yield inside, "\n".join(database.iterdump())
        elif path.suffix == ".xlsx":
            with ZipFile(path) as archive:
                parts = [archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist()]
            yield inside, "\n".join(parts)
        else:
            yield inside, path.read_bytes().decode("utf-8", errors="replace")


def places_of(home: Path, secrets: list[str]) -> list[tuple[str, str]]:
    """Where each secret stands, also within other text: all secrets in one pass over every text."""
    kept = pl.DataFrame(everything_kept(home), schema=["where", "text"], orient="row")
    standing = pl.col("text").str.extract_many(secrets, overlapping=True)
    return sorted(kept.select("where", standing).explode("text").drop_nulls().unique().rows())


def test_the_search_itself_finds_what_is_there(sample_home: Path) -> None:
    texts = dict(everything_kept(sample_home))

    assert any("鸦儿崖乡" in text for where, text in texts.items() if where.startswith("receipts/"))
    assert any(
        "某" in text or "公司" in text for where, text in texts.items() if where.endswith("dim_enterprise")
    )
    assert any(where.startswith("dagster/") and where.endswith(".db") for where in texts)
    for suffix in ("回执.html", "回执.xlsx", "退回标注.xlsx"):
        assert any(where.startswith("outbox/") and where.endswith(suffix) for where in texts)


def test_a_secret_is_found_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "outbox").mkdir()
    (tmp_path / "outbox" / "回执.html").write_text("<b>填表人甄隐士，139000011112</b>", "utf-8")
    pl.DataFrame({"number": [9990011980], "name": ["甄"]}).write_parquet(tmp_path / "staged.parquet")

    assert places_of(
        tmp_path, ["甄隐士", "隐士，", "13900001111", "39000011112", "001198", "甄隐土", "x"]
    ) == [
        ("outbox/回执.html", "13900001111"),
        ("outbox/回执.html", "39000011112"),
        ("outbox/回执.html", "甄隐士"),
        ("outbox/回执.html", "隐士，"),
        ("staged.parquet", "001198"),
    ]


def test_no_person_of_the_sample_is_kept(sample_home: Path) -> None:
    manifest = json.loads((sample_home / "expected" / "manifest.json").read_text("utf-8"))
    secrets = [secret for kind in manifest["personal"].values() for secret in kind]

    assert len(secrets) > 500
    assert places_of(sample_home, secrets) == []


@pytest.fixture(scope="module")
def planted_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of one file of every contract of the sample, with canaries in it."""
    home = tmp_path_factory.mktemp("planted") / "home"
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
    shutil.copytree(sample_home / "county", home / "county")
    shutil.copy2(sample_home / "synthetic.json", home)
    assert load(home)["deliveries"]["rejected"] >= 5
    return home


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


def test_a_canary_in_any_place_of_any_form_is_not_kept(planted_home: Path) -> None:
    receipts = read_receipts(Home(planted_home))

    assert {r.contract for r in receipts if "＊＊＊（" in r.file.name or r.file.name.endswith(".dat")} >= {
        "agri_processing.quarter", "loan_note.citic_register", "loan_note.rcb_ledger", "loan_note.pboc_stock",
        "loan_transaction.pboc_flow", "rural_tourism.month", "village_profile.g102", "village_profile.summary",
    }  # fmt: skip
    assert [
        where
        for where, _ in places_of(planted_home, [*CANARIES, *WRITTEN_APART])
        if not where.endswith("退回标注.xlsx")
    ] == []


def test_a_canary_comes_back_at_most_in_a_cell_to_be_put_right_and_never_from_a_form_with_persons(
    planted_home: Path,
) -> None:
    references = read_references(COUNTY)
    receipts = {receipt.arrival_id: receipt for receipt in read_receipts(Home(planted_home))}
    copies = {path.name.split(".")[-3]: path for path in planted_home.glob("outbox/*/*.退回标注.xlsx")}

    assert len(copies) > 20
    for arrival_id, path in copies.items():
        receipt = receipts[arrival_id]
        assert not any(column.pii for column in references.columns_to_fill(receipt.table))
        assert path.parent.name == receipt.file.folder
        with ZipFile(path) as archive:
            content = "".join(archive.read(name).decode() for name in archive.namelist())
        assert "草稿" not in content  # the sheet that no form is in
        for secret in CANARIES[2:]:  # below the table
            assert secret not in content
