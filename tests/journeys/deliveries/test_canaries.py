"""No name, ID number, phone or account number gets past reading, wherever it stood in a file."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest

from sources.county.references import read_references
from sources.home.folders import Home
from sources.home.receipts import read_receipts
from tests.canaries import CANARIES, WRITTEN_APART, plant_in_every_form
from tests.district import COUNTY
from tests.journeys.command import load
from tests.kept_texts import everything_kept, places_of


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
    plant_in_every_form(sample_home, home)
    shutil.copytree(sample_home / "county", home / "county")
    shutil.copy2(sample_home / "synthetic.json", home)
    assert load(home)["deliveries"]["rejected"] >= 5
    return home


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
