"""Mutated text files: each ends in a receipt, with every line accounted for and every value that of its line."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from sources.home.receipts import Receipt
from sources.reading.encoding import decode
from sources.text.squeeze import squeeze
from tests.sources.ledger import BANK, STOCK_BANK, ledger, line, stock
from tests.sources.text_files import send
from tests.sources.text_mutations import mutate

MUTATIONS = 40
FILES = {
    ",": ("贷款台账20221231.csv", BANK, ledger(*(line(number) for number in range(1, 9)))),
    "|": ("91999214MAXD3FKRQ4_CLGRDK_20221231.dat", STOCK_BANK, stock(8)),
}


def lines_of(data: bytes) -> list[str]:
    text, _ = decode(data)
    return (text if "\n" in text else text.replace("\r", "\n")).removesuffix("\n").split("\n")


def assert_as_the_lines_say(folder: Path, receipt: Receipt, lines: list[str], delimiter: str) -> None:
    """Hold the staged rows against another reading of their lines."""
    (sheet,) = receipt.sheets
    assert sheet.read_cells == sum(sheet.classes.values()) == len(lines)
    note, balance = (ord(sheet.columns[name]) - ord("A") for name in ("note_number", "balance_yuan"))
    staged = pl.read_parquet([folder / part.path for part in receipt.staged_files])
    for row, number, yuan in staged.select("sheet_row", "note_number", "balance_yuan").rows():
        text = lines[row - 1].rstrip("\r")
        fields = next(csv.reader([text], delimiter=delimiter)) if '"' in text else text.split(delimiter)
        assert squeeze(fields[note]).removeprefix("'") == number
        assert Decimal(squeeze(fields[balance])) == yuan


@pytest.mark.parametrize("delimiter", FILES)
def test_every_mutation_ends_in_a_receipt(tmp_path: Path, delimiter: str) -> None:
    name, bank, data = FILES[delimiter]
    outcomes = Counter[str]()
    for seed in range(MUTATIONS):
        folder, mutated = tmp_path / str(seed), mutate(data, seed)
        receipt = send(folder, mutated, name, bank)
        assert not receipt.is_internal_error, f"seed {seed}"
        assert not any(reason.rule == "delivery__unconserved" for reason in receipt.reasons), f"seed {seed}"
        counts = receipt.rows
        assert counts.candidate == counts.accepted + counts.rejected + counts.skipped
        if receipt.outcome == "accepted":
            assert_as_the_lines_say(folder, receipt, lines_of(mutated), delimiter)
        outcomes[receipt.outcome] += 1
    assert min(outcomes["accepted"], outcomes["rejected"]) > 1
