"""Cells read back from archived files at the addresses that a trace names."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sources.county.contract import Contract, contract_of
from sources.home.archive import keep_list
from sources.home.folders import Home
from sources.reading.cells import Workbook, cell_address, cell_position
from sources.reading.stored_cells import Altered, CellPlace, Stored, open_archived
from sources.reading.workbook import read_workbook
from tests.district import COUNTY, prepare
from tests.sources.grid import contract

ROWS = contract()


class Reader:
    """Reads in this process: what is read here was written here."""

    def read(self, data: bytes) -> Workbook:
        return read_workbook(data)


def text_form(delimiter: str, **settings: Any) -> Contract:
    layout = {"delimiter": delimiter, "header": True} | settings
    return contract_of(ROWS.model_dump(exclude={"workbook"}) | {"name": "row.text", "text": layout})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    prepare(home)
    return home


def archived(home: Home, data: bytes) -> str:
    digest = sha256(data).hexdigest()
    (home.archive / digest).write_bytes(data)
    return digest


def workbook(home: Home) -> str:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        north, south = book.add_worksheet("北区"), book.add_worksheet("南区")
        north.write_row(1, 1, ["高山", 12.5])
        south.merge_range(1, 0, 3, 1, "乳品")
        south.write(1, 2, "1,136")
    return archived(home, out.getvalue())


def read_stored(home: Home, digest: str, form: Contract | None, *cells: tuple[str, str]) -> list[Stored]:
    places = [CellPlace(*cell) for cell in cells]
    archived_file = open_archived(home, digest, Reader(), form)
    assert archived_file is not None
    stored = archived_file.read(places)
    return [stored[place] for place in places]


def test_a_cell_of_a_sheet_is_read_back_as_it_stands(home: Home) -> None:
    cells = [("北区", "B2"), ("北区", "C2"), ("南区", "C2")]

    assert read_stored(home, workbook(home), ROWS, *cells) == [
        Stored("B2", "高山"), Stored("C2", "12.5"), Stored("C2", "1,136"),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["A2", "A3", "B4"])
def test_a_merged_cell_is_read_back_as_the_first_of_its_range(home: Home, cell: str) -> None:
    assert read_stored(home, workbook(home), ROWS, ("南区", cell)) == [Stored("A2", "乳品")]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig"])
def test_a_field_of_a_line_is_read_back_whatever_the_encoding(home: Home, encoding: str) -> None:
    digest = archived(home, '地名,户数\r\n高山 ,"1,200"\r\n平旺,7\r\n'.encode(encoding))

    assert read_stored(home, digest, text_form(","), ("", "A1"), ("", "A2"), ("", "B2"), ("", "B3")) == [
        Stored("A1", "地名"), Stored("A2", "高山"), Stored("B2", "1,200"), Stored("B3", "7"),
    ]  # fmt: skip


def test_a_field_is_read_back_by_the_delimiter_of_the_contract(home: Home) -> None:
    digest = archived(home, "高山|1,200\n平旺|7\n".encode("gbk"))
    form = text_form("|", header=False, fields=["地名", "户数"])

    assert read_stored(home, digest, form, ("", "B1"), ("", "A2")) == [
        Stored("B1", "1,200"),
        Stored("A2", "平旺"),
    ]


def test_lines_are_read_on_from_one_call_to_the_next_and_anew_where_they_lie_before(home: Home) -> None:
    """A record goes on over two lines; the line in which it does is, asked for by itself, what it is."""
    digest = archived(home, '地名,注\n高山,"有\n\n窑洞"\n平旺,无\n口泉,有\n'.encode("gb18030"))
    archived_file = open_archived(home, digest, Reader(), text_form(","))
    assert archived_file is not None

    def read(*cells: str) -> list[str]:
        stored = archived_file.read([CellPlace("", cell) for cell in cells])
        return [stored[CellPlace("", cell)].text for cell in cells]

    assert read("B2", "A2") == ["有\n\n窑洞", "高山"]
    assert read("A2") == ["高山"]
    assert read("A5", "A6") == ["平旺", "口泉"]
    assert read("A1", "A5") == ["地名", "平旺"]


def test_a_file_whose_lines_end_in_cr_has_lines(home: Home) -> None:
    digest = archived(home, "地名,户数\r高山,7\r".encode("gb18030"))

    assert read_stored(home, digest, text_form(","), ("", "B2")) == [Stored("B2", "7")]


def test_a_file_that_is_not_what_was_received_is_refused_by_name(home: Home) -> None:
    digest = workbook(home)
    (home.archive / digest).write_bytes(b"else")

    with pytest.raises(Altered, match=f"归档文件 {digest} 的内容与收到时不同；请从备份恢复"):
        open_archived(home, digest, Reader(), ROWS)


def test_a_file_that_is_kept_no_more_is_none(home: Home) -> None:
    assert open_archived(home, "0" * 64, Reader(), ROWS) is None


def test_the_division_list_is_kept_as_it_was(home: Home) -> None:
    digest = keep_list(home, COUNTY / "divisions" / "division.csv")

    assert read_stored(home, digest, None, ("", "A1"), ("", "A2")) == [
        Stored("A1", "division_code"), Stored("A2", "140214000000"),
    ]  # fmt: skip


def test_a_division_list_that_was_replaced_since_is_none(home: Home) -> None:
    assert open_archived(home, "0" * 64, Reader(), None) is None


@given(st.integers(0, 2_000_000), st.integers(0, 20_000))
def test_a_position_is_what_its_address_says(row: int, column: int) -> None:
    assert cell_position(cell_address(row, column)) == (row, column)
