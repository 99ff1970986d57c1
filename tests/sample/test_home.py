"""The folder that a sample is written to: the same every time, labelled, and never a real one."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sample import HomeInUse, SampleManifest, Targets, write_sample
from sources.home.folders import Home


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleManifest]:
    """The sample of another seed."""
    home = tmp_path_factory.mktemp("other") / "home"
    return home, write_sample(home, seed=7)


@pytest.fixture(scope="module")
def again(other: tuple[Path, SampleManifest]) -> tuple[Path, list[str]]:
    """The same sample as `home`, written where the other one was, and the files that it reported."""
    heard: list[str] = []
    write_sample(other[0], on_file=heard.append)
    return other[0], heard


def files_in(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in (home / "inbox").rglob("*") if path.is_file()}


def test_same_arguments_give_the_same_bytes_at_the_same_times(
    home: Path, again: tuple[Path, list[str]]
) -> None:
    def everything(root: Path) -> dict[str, tuple[bytes, float]]:
        return {name: ((root / name).read_bytes(), (root / name).stat().st_mtime) for name in files_in(root)}

    assert everything(again[0]) == everything(home)
    for name in ("expected/manifest.json", "synthetic.json"):
        assert (again[0] / name).read_bytes() == (home / name).read_bytes()


def test_another_seed_gives_other_persons_and_amounts(
    manifest: SampleManifest, other: tuple[Path, SampleManifest]
) -> None:
    numbers, others = set(manifest.personal["id_numbers"]), set(other[1].personal["id_numbers"])
    assert len(numbers & others) < len(numbers) / 100  # among so many, some are alike by chance
    townships = "by_year_and_township"
    assert other[1].figures["agri_processing"][townships] != manifest.figures["agri_processing"][townships]


def test_label_says_that_nothing_is_real(home: Path) -> None:
    label = json.loads((home / "synthetic.json").read_text("utf-8"))
    assert (label["label"], label["seed"]) == ("合成示例数据", 2022)
    assert label["targets"]["sales_revenue_2022_yuan"] == "1195000000"


def test_label_says_when_the_sample_ends(home: Path, manifest: SampleManifest) -> None:
    assert str(Home(home).sample_ends_on) == max(d.arrival for d in manifest.deliveries)[:10] == "2023-02-03"


def test_every_file_is_announced(manifest: SampleManifest, again: tuple[Path, list[str]]) -> None:
    assert set(again[1]) == {d.file for d in manifest.deliveries}


def test_writing_again_leaves_no_file_of_the_earlier_sample(
    manifest: SampleManifest, again: tuple[Path, list[str]]
) -> None:
    assert files_in(again[0]) == {d.file for d in manifest.deliveries}


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
def test_impossible_targets_are_refused(impossible: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"应|不足"):
        Targets(**impossible)
