"""The folder that a sample is written to: the same every time, labelled, and never a real one."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from sources.sample import HomeInUse, Manifest, Targets, read_manifest, write_sample


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("sample") / "home"
    write_sample(home)
    return home


@pytest.fixture(scope="module")
def manifest(home: Path) -> Manifest:
    return read_manifest(home)


def test_same_arguments_give_the_same_bytes_at_the_same_times(home: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "again")

    def everything(root: Path) -> dict[str, tuple[bytes, float]]:
        files = [path for path in (root / "inbox").rglob("*") if path.is_file()]
        return {str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mtime) for path in files}

    assert everything(tmp_path / "again") == everything(home)
    for name in ("expected/manifest.json", "synthetic.json"):
        assert (tmp_path / "again" / name).read_bytes() == (home / name).read_bytes()


def test_another_seed_gives_other_persons_and_amounts(manifest: Manifest, tmp_path: Path) -> None:
    other = write_sample(tmp_path / "other", seed=7)
    numbers, others = set(manifest.personal["id_numbers"]), set(other.personal["id_numbers"])
    assert len(numbers & others) < len(numbers) / 100  # among so many, some are alike by chance
    townships = "by_year_and_township"
    assert other.figures["agri_processing"][townships] != manifest.figures["agri_processing"][townships]


def test_label_says_that_nothing_is_real(home: Path) -> None:
    label = json.loads((home / "synthetic.json").read_text("utf-8"))
    assert (label["label"], label["seed"]) == ("合成示例数据", 2022)
    assert label["targets"]["sales_revenue_2022_yuan"] == "1195000000"


def test_every_file_is_announced(tmp_path: Path) -> None:
    heard: list[str] = []
    manifest = write_sample(tmp_path / "home", on_file=heard.append)
    assert set(heard) == {d.file for d in manifest.deliveries}


def test_writing_again_leaves_no_file_of_the_earlier_sample(tmp_path: Path) -> None:
    write_sample(tmp_path / "home", seed=1)
    manifest = write_sample(tmp_path / "home", seed=2)
    written = {
        str(p.relative_to(tmp_path / "home")) for p in (tmp_path / "home/inbox").rglob("*") if p.is_file()
    }
    assert written == {d.file for d in manifest.deliveries}


@pytest.mark.parametrize(
    ("left", "message"), [("receipts/a.r1.json", "已有回执"), ("inbox/高山镇/年报.xlsx", "不是示例的文件夹")]
)
def test_a_home_in_use_is_refused(tmp_path: Path, left: str, message: str) -> None:
    (tmp_path / left).parent.mkdir(parents=True)
    (tmp_path / left).write_text("{}")
    with pytest.raises(HomeInUse, match=message):
        write_sample(tmp_path)


@pytest.mark.parametrize(
    "impossible",
    [
        {"villages_with_bus": 95},
        {"farmer_loan_households": 0},
        {"sales_revenue_2022_yuan": Decimal("0.001")},
        {"tourism_visits_2022": -1},
    ],
)
def test_impossible_targets_are_refused(impossible: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match=r"应|不足"):
        Targets(**impossible)
