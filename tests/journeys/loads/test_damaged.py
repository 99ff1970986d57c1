"""A load of a home with a damaged receipt: the file is read again, and the load ends as before."""

from pathlib import Path

from tests.journeys.command import load
from tests.trust.homes import contents_of


def test_a_load_reads_again_what_a_damaged_receipt_stood_for(loaded_home: Path) -> None:
    published = loaded_home / "warehouse" / "warehouse.duckdb"
    before = contents_of(published)
    receipt = sorted((loaded_home / "receipts").glob("*.json"))[0]
    receipt.write_bytes(receipt.read_bytes().replace(b'"revision": 1', b'"revision": 7'))

    assert load(loaded_home)["error"] is None

    assert (loaded_home / "receipts" / "damaged" / receipt.name).exists()
    assert contents_of(published) == before


def test_a_damaged_published_file_is_made_again(loaded_home: Path) -> None:
    published = loaded_home / "warehouse" / "warehouse.duckdb"
    before = contents_of(published)
    data = bytearray(published.read_bytes())
    data[len(data) // 2] ^= 1
    published.chmod(0o600)
    with published.open("r+b") as file:  # the file of its version is the same
        file.write(data)

    record = load(loaded_home)

    assert (record["error"], record["state"]) == (None, "published")
    assert contents_of(published) == before
