"""`xiangcang county`: a new county's folder from a code list, and what an existing one says."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from pipelines.cli import main
from tests.district import COUNTY

CODES = """code,name,urban_rural_code
990117000000,示范县,
990117001000,城东街道办事处,
990117001001,东门社区居民委员会,111
990117100000,温泉镇,
990117100201,石海村民委员会,220
990117200000,良口乡,
990117400000,流溪河林场,
990118000000,别的县,
"""
FLAGS = ["--code", "990117", "--name", "示范县", "--listed-on", "2021-10-31", "--loans-since", "2020-01-01"]


@pytest.fixture
def codes(tmp_path: Path) -> Path:
    path = tmp_path / "codes.csv"
    path.write_text(CODES, "utf-8")
    return path


def new(folder: Path, codes: Path, *flags: str) -> int:
    return main(["county", "new", str(folder), "--divisions", str(codes), *FLAGS, *flags])


def test_levels_and_parents_follow_from_the_codes(tmp_path: Path, codes: Path) -> None:
    assert new(tmp_path / "county", codes) == 0
    listed = pl.read_csv(tmp_path / "county" / "divisions" / "division.csv", infer_schema=False)
    assert listed.select("canonical_name", "level", "parent_code").rows() == [
        ("示范县", "county", None),
        ("城东街道", "subdistrict", "990117000000"),
        ("东门社区", "community", "990117001000"),
        ("温泉镇", "town", "990117000000"),
        ("石海村", "village", "990117100000"),
        ("良口乡", "township", "990117000000"),
        ("流溪河林场", "zone", "990117000000"),
    ]


def test_townships_subdistricts_and_the_bureaus_that_forms_name_report(tmp_path: Path, codes: Path) -> None:
    assert (
        new(
            tmp_path / "county",
            codes,
            "--forms",
            "grid,bus_vehicle,loan_note",
            "--bank",
            "rcb=示范农商行:loan_note.rcb_ledger",
        )
        == 0
    )
    reporters = pl.read_csv(tmp_path / "county" / "reporters.csv", infer_schema=False)
    assert reporters.select("name", "kind").rows() == [
        ("城东街道", "subdistrict"), ("温泉镇", "township"), ("良口乡", "township"), ("流溪河林场", "township"),
        ("县交通运输局", "bureau"), ("示范农商行", "bank"),
    ]  # fmt: skip


def test_a_folder_that_is_made_is_sound_and_says_what_is_not_used(
    tmp_path: Path, codes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path / "county", codes, "--forms", "grid") == 0
    assert main(["county", "check", str(tmp_path / "county")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "示范县（990117）：资料无误；名录 2021" in lines
    assert "不用 贷款台账（loan_note.rcb_ledger）：没有填报单位" in lines
    assert not any("网格划分台账" in line for line in lines)


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--forms", "gird"], "没有表 gird；有：agri_output、"),
        (["--bank", "rcb"], "--bank 的“rcb”应写作 代码=名称:版式"),
        (["--bank", "rcb=甲行:loan_note.odd"], "没有版式 loan_note.odd"),
        (["--code", "99011"], "请用 --code 写明六位区县代码"),
        (["--code", "990119"], "区划代码表里没有区县 990119000000 的一行"),
        (["--listed-on", "2021年"], "请用 --listed-on 写明名录日期"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    flags: list[str], sentence: str, tmp_path: Path, codes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path / "county", codes, *flags) == 1
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "county").exists()


def test_a_county_that_is_there_is_not_written_over(
    tmp_path: Path, codes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(COUNTY, tmp_path / "county")
    assert new(tmp_path / "county", codes) == 1
    assert "不是空文件夹" in capsys.readouterr().err


def test_a_home_without_a_county_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path))
    assert main(["load"]) == 1
    assert "新的区县请执行 xiangcang county new" in capsys.readouterr().err


def test_the_samples_county_says_what_it_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["county", "check", str(COUNTY)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "改 三品一标认证台账（certified_product.register）：columns" in lines
    assert lines[-1] == (
        "自有的指标：farmer_loan_disbursed_cum、farmer_loan_household_count、citic_project_category_count"
    )
