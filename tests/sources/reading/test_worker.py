"""Reading in a process of its own: what it bounds, and what it survives."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from sources.reading.cells import Unreadable
from sources.reading.workbook import read_workbook
from sources.reading.worker import Reader
from tests.examples import examples


def xlsx(cells: dict[tuple[int, int], str | float]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet("表")
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
    return made.getvalue()


def xls() -> bytes:
    made = BytesIO()
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("表")
    for row in range(300):
        sheet.write(row, 0, f"村{row}")
        sheet.write(row, 1, row / 7)
    workbook.save(made)
    return made.getvalue()


SMALL = xlsx({(0, 0): "乡", (1, 1): 12})
LIVES_ON_SECONDS = 120
PATIENCE_SECONDS = 600
"""However busy the machine is, what is to be read is read."""
SLOW = b"<table>" + b"<tr><td>1</td><td>2</td></tr>" * 300_000 + b"</table>"  # takes some seconds


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(timeout_seconds=PATIENCE_SECONDS) as shared:
        yield shared


def process_of(reader: Reader) -> int:
    assert reader._process is not None
    return reader._process.pid


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def cpu_seconds(pid: int) -> float:
    """What a process has worked for, or 0 once it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            user, system = stat.read().rpartition(")")[2].split()[11:13]
    except FileNotFoundError:
        return 0
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def wait_until_gone(pid: int) -> None:
    """It must not work on meanwhile, however long a busy machine lets it wait."""
    worked, end = cpu_seconds(pid), time.monotonic() + LIVES_ON_SECONDS
    while is_running(pid):
        assert cpu_seconds(pid) - worked < 1, f"process {pid} works on"
        assert time.monotonic() < end, f"process {pid} lives on"
        time.sleep(0.02)


def rule_of(reader: Reader, data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        reader.read(data)
    return refused.value.rule


@pytest.mark.parametrize(
    "data", [SMALL, xls(), b"<table><tr><td rowspan=2>1<td>2</table>"], ids=["xlsx", "xls", "html"]
)
def test_the_process_reads_what_would_be_read_here(reader: Reader, data: bytes) -> None:
    assert reader.read(data) == read_workbook(data)


def test_a_disk_that_cannot_be_written_is_no_fault_of_the_file(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n")

    with pytest.raises(OSError, match="No such file"):
        reader.transcode(tmp_path / "a.csv", tmp_path / "gone" / "utf-8.txt")
    assert reader.transcode(tmp_path / "a.csv", tmp_path / "utf-8.txt") == "utf-8"


def test_a_file_that_is_too_large_is_not_read_here(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as data:
        data.truncate(1 << 40)  # without taking room

    with Reader() as reader, pytest.raises(Unreadable, match="too_large"):
        reader.read_file(path)


def test_the_process_lives_from_file_to_file(reader: Reader) -> None:
    reader.read(SMALL)
    first = process_of(reader)
    reader.read(SMALL)
    assert process_of(reader) == first


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with Reader() as impatient:
        impatient.read(SMALL)
        first = process_of(impatient)
        impatient.timeout_seconds = 0.3
        assert rule_of(impatient, SLOW) == "timeout"
        assert not is_running(first)
        impatient.timeout_seconds = PATIENCE_SECONDS
        assert impatient.read(SMALL).sheets[0].text == [["乡", ""], ["", "12"]]


def test_a_process_that_is_killed_amid_a_file_costs_that_file_only(reader: Reader) -> None:
    reader.read(SMALL)
    killer = threading.Timer(0.3, os.kill, (process_of(reader), signal.SIGKILL))
    killer.start()
    assert rule_of(reader, SLOW) == "killed"
    killer.join()
    assert reader.read(SMALL).format == "xlsx"


def test_a_process_that_is_killed_between_files_costs_none(reader: Reader) -> None:
    reader.read(SMALL)
    pid = process_of(reader)
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(pid)
    assert reader.read(SMALL).format == "xlsx"


def test_a_panic_is_a_corrupt_file(reader: Reader) -> None:
    with pytest.raises(Unreadable) as refused:
        reader.read(xls()[:-5])
    assert refused.value.rule == "corrupt"
    assert refused.value.detail.startswith("PanicException at ")
    assert reader.read(SMALL).format == "xlsx"


@pytest.mark.parametrize("corner", [(1_048_575, 16_383), (1_048_575, 9), (200_000, 99)])
def test_a_huge_used_range_is_too_large(reader: Reader, corner: tuple[int, int]) -> None:
    assert rule_of(reader, xlsx({(0, 0): 1, corner: 2})) == "too_large"
    assert reader.read(SMALL).format == "xlsx"


def test_a_tall_used_range_is_read(reader: Reader) -> None:
    (sheet,) = reader.read(xlsx({(0, 0): 1, (1_048_575, 1): 2})).sheets
    assert len(sheet.text) == 1_048_576
    assert sheet.text[-1] == ["", "2"]


def test_formatted_but_empty_cells_are_no_used_range(reader: Reader) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 1
    workbook.active["XFD1048576"].number_format = "0.00"
    made = BytesIO()
    workbook.save(made)
    assert reader.read(made.getvalue()).sheets[0].text == [["1"]]


def test_a_file_that_unpacks_to_too_much_is_too_large(reader: Reader) -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        workbook.add_worksheet()
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/bomb.xml", "w") as bomb,
    ):
        for _ in range(600):
            bomb.write(bytes(1 << 20))
    assert rule_of(reader, made.getvalue()) == "too_large"


def test_memory_is_bounded() -> None:
    with Reader(memory_bytes=64 << 20) as small:
        assert small.read(SMALL).format == "xlsx"
        assert rule_of(small, xlsx({(0, 0): 1, (700_000, 1): 2})) == "too_large"
        assert rule_of(small, bytes(9 << 20)) == "too_large"
        assert small.read(SMALL).format == "xlsx"


def test_closing_ends_the_process() -> None:
    with Reader() as short:
        short.read(SMALL)
        pid = process_of(short)
    assert not is_running(pid)


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "amid a file"])
def test_the_process_ends_with_its_parent(busy: bool) -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
                import sys, threading, time
                from sources.reading.worker import Reader
                small, slow = (bytes.fromhex(line.strip()) for line in sys.stdin)
                reader = Reader()
                reader.read(small)
                print(reader._process.pid, flush=True)
                reader.read(slow) if slow else time.sleep(600)
            """),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write(f"{SMALL.hex()}\n{SLOW.hex() if busy else ''}\n")
    parent.stdin.close()
    pid = int(parent.stdout.readline())
    time.sleep(0.3)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until_gone(pid)


def rule_or_widths(reader: Reader, data: bytes) -> str:
    try:
        sheets = reader.read(data).sheets
    except Unreadable as refused:
        return refused.rule
    same = all([len(row) for row in sheet.text] == [len(kinds) for kinds in sheet.kinds] for sheet in sheets)
    return "rectangular" if same else "ragged"


RULES_OF_A_FILE = {"unknown_format", "encrypted", "corrupt", "empty_file", "too_large", "undecodable"}
WHOLE = {"xlsx": SMALL, "xls": xls(), "html": b"<html><table><tr><td>1<td colspan=2>2</table></html>"}


@examples(60)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_damaged_files_end_in_cells_or_a_named_rule(reader: Reader, format: str, data: st.DataObject) -> None:
    whole = WHOLE[format]
    damaged = bytearray(whole[: data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))])
    for at, bits in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(1, 255)), max_size=6)
    ):
        if at < len(damaged):
            damaged[at] ^= bits
    outcome = rule_or_widths(reader, bytes(damaged))
    assert outcome in RULES_OF_A_FILE or outcome == "rectangular"
