"""Township workbooks: receiving them, and loading them beyond what a load of one costs, against peers and calamine."""

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from python_calamine import CalamineWorkbook

from benchmarks.against_peers import (
    WORKBOOK_PEERS,
    hold_equal,
    query_results,
    read_results,
    run_workbook_peer,
)
from benchmarks.lines import Line
from benchmarks.measuring import Cost, compare, measure, measure_in_turn, measure_load
from sample import write_county
from sample.volume import write_workbooks
from sources.home.folders import Home
from sources.intake import receive
from sources.reading.worker import Reader

WORKBOOKS, ROWS, QUICK_WORKBOOKS = 200, 200, 40
INTAKE, LOAD, LOAD_OF_ONE, CELLS = "intake", "load", "load of one", "calamine"
PUBLISHED = Path(__file__).with_name("published_workbooks.sql")


def measure_workbooks() -> Iterator[Line]:
    """Measure 200 workbooks of 200 rows."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        paths = write_workbooks(folder / "inbox", WORKBOOKS, ROWS)
        first = folder / "one" / paths[0].relative_to(folder / "inbox")
        first.parent.mkdir(parents=True)
        shutil.copyfile(paths[0], first)
        measure_in_turn({name: WorkbooksRun(name, folder) for name in (LOAD, *WORKBOOK_PEERS)}, runs=1)
        published = query_results(folder / LOAD, PUBLISHED)
        for peer in WORKBOOK_PEERS:
            hold_equal(published, read_results(folder / peer), peer)
        names = (INTAKE, LOAD, LOAD_OF_ONE, *WORKBOOK_PEERS)
        costs = measure_in_turn({name: WorkbooksRun(name, folder) for name in names})
    beyond = costs[LOAD].cpu_seconds - costs[LOAD_OF_ONE].cpu_seconds
    costs["load beyond one"] = replace(costs[LOAD], cpu_seconds=beyond)
    for peer in WORKBOOK_PEERS:
        yield compare(f"intake_to_{peer}", costs, INTAKE, peer)
        yield compare(f"load_to_{peer}", costs, "load beyond one", peer)


def measure_quick_workbooks() -> Iterator[Line]:
    """Measure the intake of a few workbooks: a line of `make bench-quick`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_workbooks(folder / "inbox", QUICK_WORKBOOKS, ROWS)
        costs = measure_in_turn({name: WorkbooksRun(name, folder) for name in (CELLS, INTAKE)})
    yield compare("quick_intake", costs, INTAKE, CELLS)


class WorkbooksRun:
    """One way with the workbooks of an inbox, each time from the beginning, in a folder of its name."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder

    def __call__(self) -> Cost:
        """Run it."""
        out = self.folder / self.name
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        write_county(out / "county")
        if self.name in WORKBOOK_PEERS:
            return run_workbook_peer(self.name, self.folder / "inbox", out)
        inbox = self.folder / ("one" if self.name == LOAD_OF_ONE else "inbox")
        shutil.copytree(inbox, out / "inbox")
        if self.name in (INTAKE, CELLS):
            return measure([sys.executable, "-m", "benchmarks.workbooks", self.name, str(out)])
        return measure_load(out)


def receive_all(home: Home) -> None:
    """Receive all workbooks of a home's inbox. Raise RuntimeError unless every row is accepted."""
    home.prepare()
    with Reader() as reader:
        receipts = receive(
            home, reader, now=lambda: datetime.now(ZoneInfo("Asia/Shanghai")), settle_seconds=0
        )
    rows = sum(receipt.rows.accepted for receipt in receipts)
    if not receipts or rows != ROWS * len(receipts):
        raise RuntimeError(f"{rows} rows accepted of {len(receipts)} workbooks of {ROWS}")


def read_cells(inbox: Path) -> None:
    """Read every cell of all workbooks with calamine, four times, and import what receiving imports: a yardstick."""
    for path in inbox.rglob("*.xlsx"):
        data = path.read_bytes()
        for _ in range(4):
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
            for name in workbook.sheet_names:
                workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


if __name__ == "__main__":
    if sys.argv[1] == INTAKE:
        receive_all(Home(Path(sys.argv[2])))
    else:
        read_cells(Path(sys.argv[2]) / "inbox")
