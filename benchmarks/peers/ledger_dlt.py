"""The bank ledger with dlt into DuckDB: a resource that decodes and hashes persons, then `ledger_dlt.sql` on what was loaded.

Run as `python ledger_dlt.py LEDGER VILLAGES KEY OUT`.
"""

import os
import re
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"

import dlt
import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

COLUMNS = {
    "借据号": "note_number", "证件号码": "borrower", "户号": "household", "借款人类型": "borrower_type",
    "所属乡镇": "township", "行政村": "village", "发放金额": "amount", "贷款余额": "balance", "年利率": "rate",
    "发放日期": "granted", "到期日期": "due", "五级分类": "five_class", "发放类型": "grant_type",
}  # fmt: skip
WEIGHTS = np.array([2 ** (17 - i) % 11 for i in range(17)])
CHECK_CHARACTERS = np.frombuffer(b"10X98765432", dtype="u1")
SQL = Path(__file__).with_suffix(".sql").read_text("utf-8")


def main(ledger: Path, villages: Path, key: bytes, out: Path) -> None:
    """Load, transform, write results."""
    database = out / "ledger.duckdb"
    pipeline = dlt.pipeline(
        "ledger",
        pipelines_dir=str(out / "pipelines"),
        destination=dlt.destinations.duckdb(str(database)),
        dataset_name="loaded",
    )
    raw = dlt.resource(batches(ledger, key), name="raw_note", write_disposition="replace")
    pipeline.run([raw, dlt.resource(pa_csv.read_csv(villages), name="village")], loader_file_format="parquet")
    with duckdb.connect(str(database)) as connection:
        connection.execute("use ledger.loaded")
        connection.execute("set preserve_insertion_order = false")
        connection.execute(SQL)
        check_trailer(connection, ledger)
        for name in ("figures", "months", "rejected"):
            connection.table(name).write_csv(str(out / f"{name}.csv"), header=True)


def batches(ledger: Path, key: bytes) -> Iterator[pa.Table]:
    """Read the ledger as text, a batch at a time, persons hashed before anything is stored."""
    hashes: dict[str, dict[str, str]] = {"borrower": {}, "household": {}}
    reader = pa_csv.open_csv(
        ledger,
        pa_csv.ReadOptions(encoding="gb18030", block_size=1 << 25),
        pa_csv.ParseOptions(invalid_row_handler=lambda _: "skip"),  # the trailer has fewer cells
        pa_csv.ConvertOptions(
            include_columns=list(COLUMNS),
            column_types=dict.fromkeys(COLUMNS, pa.string()),
            strings_can_be_null=True,
        ),
    )
    line = 2
    for batch in reader:
        table = pa.table(batch.columns, names=list(COLUMNS.values()))
        table = table.append_column("line", pa.array(range(line, line + len(table)), pa.int64()))
        table = table.append_column("id_holds", id_number_holds(table["borrower"].combine_chunks()))
        for name, known in hashes.items():
            hashed = keyed_hash(table[name].combine_chunks(), key, known)
            table = table.drop_columns(name).append_column(f"{name}_key", hashed)
        yield table
        line += len(table)


def id_number_holds(numbers: pa.StringArray) -> pa.Array:
    """Say of each citizen number whether it ends in its check character (ISO 7064)."""
    whole = pc.fill_null(pc.match_substring_regex(numbers, r"^\d{17}[\dX]$"), fill_value=False)
    fixed = pc.if_else(whole, numbers, "0" * 18).cast(pa.binary()).cast(pa.binary(18))
    characters = np.frombuffer(fixed.buffers()[1], dtype="u1").reshape(-1, 18)[: len(numbers)]
    remainders = (characters[:, :17] - ord("0")) @ WEIGHTS % 11
    return pc.and_(whole, pa.array(CHECK_CHARACTERS[remainders] == characters[:, 17]))


def keyed_hash(numbers: pa.StringArray, key: bytes, known: dict[str, str]) -> pa.Array:
    """Hash numbers with a key; known: hashes of numbers that came before."""
    encoded = numbers.dictionary_encode()
    different = encoded.dictionary.to_pylist()
    for text in different:
        if text not in known:
            known[text] = blake2b(text.encode(), key=key, digest_size=16).hexdigest()
    return pa.array([known[text] for text in different], pa.string()).take(encoded.indices)


def check_trailer(connection: duckdb.DuckDBPyConnection, ledger: Path) -> None:
    """Hold number of rows and amount against the trailer."""
    with ledger.open("rb") as source:
        source.seek(-200, os.SEEK_END)
        trailer = source.read().decode("gb18030", "replace").splitlines()[-1]
    count, amount = re.findall(r"\d+(?:\.\d+)?", trailer)
    total = "select count(*), sum(try_cast(amount as decimal(18, 2))) from raw_note"
    ((rows, summed),) = connection.execute(total).fetchall()
    if (rows, f"{summed:.2f}") != (int(count), amount):
        raise ValueError(f"the trailer does not agree: {trailer}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]).read_bytes(), Path(sys.argv[4]))
