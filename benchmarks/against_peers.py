"""Runs of the peers, and what they and the program must agree on: accepted and rejected rows, figures, months, amounts."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

from benchmarks.measuring import Cost, measure
from sample.district.registers import all_villages, townships

PEERS = Path(__file__).with_name("peers")
PYTHON = Path(__file__).parents[1] / ".venv-peers" / "bin" / "python"
LEDGER_PEERS = {"pandas_pandera": "ledger_pandas.py", "dlt": "ledger_dlt.py", "polars": "ledger_polars.py"}
WORKBOOK_PEERS = {
    "pandas_openpyxl": ["workbooks_pandas.py", "openpyxl"],
    "pandas_calamine": ["workbooks_pandas.py", "calamine"],
    "polars_workbooks": ["workbooks_polars.py"],
}
RULES = {
    "borrower_key__check_digit": "check_digit",
    "village_code__unknown_place": "village",
    "grant_date__parse": "grant_date",
    "row__due_after_grant": "due_after_grant",
    "row__balance_within_amount": "balance_within_amount",
}
"""Rules of the program that the ledgers break, as the peers call them."""

Results = dict[str, set[tuple[str | Decimal, ...]]]
"""Rows by the name of a result; what is a number is one, whatever wrote it."""


class Differs(AssertionError):
    """A peer computed something else than the program."""


def run_ledger_peer(peer: str, inputs: Sequence[Path], out: Path) -> Cost:
    """Run a peer on a ledger, the list of villages and the key of persons."""
    return measure([str(PYTHON), str(PEERS / LEDGER_PEERS[peer]), *map(str, (*inputs, out))])


def run_workbook_peer(peer: str, inbox: Path, out: Path) -> Cost:
    """Run a peer on an inbox of workbooks."""
    script, *engine = WORKBOOK_PEERS[peer]
    return measure([str(PYTHON), str(PEERS / script), *engine, str(inbox), str(out)])


def write_villages(path: Path) -> None:
    """Write what the peers know of places: names of township and village, and their codes."""
    codes = {township.name: township.division_code for township in townships()}
    with path.open("w", encoding="utf-8", newline="") as target:
        lines = csv.writer(target)
        lines.writerow(["township", "village", "township_code", "village_code"])
        lines.writerows([v.township, v.name, codes[v.township], v.code] for v in all_villages())


def read_results(folder: Path) -> Results:
    """Read every result that a peer wrote, as CSV with a header."""
    results: Results = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as source:
            results[path.stem] = {tuple(map(plain, row)) for row in list(csv.reader(source))[1:]}
    return results


def query_results(home: Path, sql: Path) -> Results:
    """Compute the same of the published file of a home: one statement a result, named in the line above it."""
    results: Results = {}
    database = home / "warehouse" / "warehouse.duckdb"
    with duckdb.connect(str(database), read_only=True) as warehouse:
        for part in sql.read_text("utf-8").split("-- result: ")[1:]:
            name, statement = part.split("\n", 1)
            rows = warehouse.execute(statement).fetchall()
            results[name.strip()] = {tuple(plain(str(value)) for value in row) for row in rows}
    if "rejected" in results:
        results["rejected"] = {(RULES[str(rule)], rows) for rule, rows in results["rejected"]}
    return results


def plain(text: str) -> str | Decimal:
    """Read a number as one, to four decimals; a date without the time of day."""
    text = text.removesuffix(" 00:00:00")
    try:
        return Decimal(text).quantize(Decimal("0.0001"))
    except ArithmeticError:
        return text


def hold_equal(ours: Results, theirs: Results, peer: str) -> None:
    """Raise Differs, with the first differences, unless all results are the same."""
    for name in ours.keys() | theirs.keys():
        differences = sorted(ours.get(name, set()) ^ theirs.get(name, set()), key=str)
        if differences:
            raise Differs(f"{peer}, {name}: {len(differences)} rows differ, such as {differences[:4]}")
        if not ours[name]:
            raise Differs(f"{peer}, {name}: there are no rows to compare")
