"""Mutated text files: each ends in a receipt, and none in an error of the program."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sources.check import check_file
from sources.county.references import read_references
from sources.reading.worker import Reader
from tests.sources.ledger import ledger, line, stock
from tests.sources.text_mutations import mutate

MUTATIONS = 40
REFERENCES = read_references()
FILES = {
    "贷款台账20221231.csv": ("rcb_yungang", ledger(*(line(number) for number in range(1, 9)))),
    "91999214MAXD3FKRQ4_CLGRDK_20221231.dat": ("psbc_yungang", stock(8)),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


@pytest.mark.parametrize("name", FILES)
def test_every_mutation_ends_in_a_receipt(tmp_path: Path, reader: Reader, name: str) -> None:
    code, data = FILES[name]
    path, outcomes = tmp_path / name, Counter[str]()
    now = datetime(2023, 1, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    for seed in range(MUTATIONS):
        path.write_bytes(mutate(data, seed))
        for checked in check_file(path, reader, REFERENCES, reporter_code=code, now=lambda: now):
            receipt = checked.receipt
            assert not receipt.is_internal_error, f"seed {seed}"
            assert not any(reason.rule == "delivery__unconserved" for reason in receipt.reasons), (
                f"seed {seed}"
            )
            assert sum(receipt.rows.model_dump(include={"accepted", "rejected", "skipped"}).values()) == (
                receipt.rows.candidate
            )
            outcomes[receipt.outcome] += 1
    assert min(outcomes["accepted"], outcomes["rejected"]) > 1
