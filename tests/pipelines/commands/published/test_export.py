"""`xiangcang export`: its files are the same for one version, a valid data package, and without small cells."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from frictionless import Package

from pipelines.cli import main
from pipelines.commands.published.export import export_files
from tests.district import CATALOGUE
from warehouse.build.publish import current
from warehouse.database.query import query
from warehouse.database.store import Store
from warehouse.export.marts import OtherProgram, exported_models, read_export

Export = Callable[[Path], Path]


@pytest.fixture(scope="module")
def folder(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the command has written to."""
    folder = tmp_path_factory.mktemp("export") / "县级数据"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XIANGCANG_HOME", str(small_home))
        assert main(["export", str(folder)]) == 0
    return folder


def test_two_exports_of_a_version_are_the_same_bytes(small_home: Path, folder: Path) -> None:
    store = Store(small_home)
    manifest = current(store)
    assert manifest is not None
    again = {file.path: file.data for file in export_files(read_export(store, CATALOGUE), manifest)}

    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
    assert written == again
    assert {
        "datapackage.json",
        "csv/mart_figure.csv",
        "parquet/mart_figure.parquet",
        "sdmx/figures.csv",
    } <= set(again)


def test_the_description_is_a_data_package_and_its_tables_are_as_it_says(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["title", "fieldName", "message"]) == []
    assert {task.name for task in report.tasks} == {*exported_models(CATALOGUE), "figures_sdmx"}


def test_the_description_says_which_version_it_is_of(small_home: Path, folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    manifest = current(Store(small_home))
    assert manifest is not None
    assert (package["version"], package["fingerprint"]) == (manifest.version, manifest.fingerprint)
    assert package["cut_off"] == manifest.cut_off.isoformat()
    assert package["data_label"] == "合成示例数据"


def test_excel_takes_a_csv_file_for_utf_8_and_parquet_has_the_same_rows(folder: Path) -> None:
    text = (folder / "csv/mart_village_overview.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfvillage_code,")
    rows = pl.read_csv(io.BytesIO(text), infer_schema=False)
    same = pl.read_parquet(folder / "parquet/mart_village_overview.parquet")
    assert (rows.columns, rows["village_name"].to_list()) == (same.columns, same["village_name"].to_list())
    assert same["farm_loan_amount_yuan"].dtype == pl.Decimal(18, 2)


def test_no_number_of_one_to_four_households_leaves_the_home(small_home: Path, folder: Path) -> None:
    few = query(
        Store(small_home),
        "select division_code, period from mart_figure where indicator_code = 'farm_loan_household_to_date_count'"
        " and division_level <> 'county' and value between 1 and 4",
    ).rows()
    exported = pl.read_parquet(folder / "parquet/mart_figure.parquet").filter(
        pl.col("indicator_code").is_in(["farm_loan_household_to_date_count", "farm_loan_disbursed_to_date"])
    )
    shown = {(r["division_code"], r["period"]) for r in exported.to_dicts() if r["value"] is not None}
    assert len(few) > 10
    assert shown & set(few) == set()


def test_observations_carry_codes_of_sdmx_beside_the_status_of_figures(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((folder / "sdmx/figures.csv").read_text("utf-8"))))
    assert list(rows[0])[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    figures = pl.read_parquet(folder / "parquet/mart_figure.parquet")
    assert len(rows) == figures.height
    for row, figure in zip(rows, figures.iter_rows(named=True), strict=True):
        why = figure["suppression"]
        assert row["OBS_STATUS"] == ("Q" if why else figure["observation_status"])
        assert row["CONF_STATUS"] == {None: "F", "primary": "A", "secondary": "D"}[why]
        assert (row["OBS_VALUE"] == "") == (figure["value"] is None)
    assert {row["FREQ"] for row in rows} == {"A", "Q", "M"}


def test_personal_keys_and_rows_of_persons_are_not_exported() -> None:
    assert set(exported_models(CATALOGUE)) == {
        "mart_agri_processing", "mart_figure", "mart_figure_series", "mart_loan_disbursement",
        "mart_reporting_rate", "mart_township_scorecard", "mart_village_overview",
        "dim_division", "dim_indicator", "dim_institution", "dim_period",
    }  # fmt: skip


def test_a_version_of_other_indicators_is_refused(small_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CATALOGUE.indicators, "farmer_loan_household_count")
    with pytest.raises(OtherProgram, match="xiangcang load"):
        read_export(Store(small_home), CATALOGUE)


def test_before_the_first_load_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path / "home"))
    assert main(["export", str(tmp_path / "out")]) == 1
    assert "xiangcang load" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
