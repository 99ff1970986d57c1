"""The county's targets: which lines are read, and the message for a wrong one."""

from decimal import Decimal
from pathlib import Path

import pytest

from sources.county.lists.divisions import read_divisions
from sources.county.lists.targets import TARGETS, CountyTargets, Target, TargetError, read_targets
from tests.district import CATALOGUE, COUNTY

HEADER = "indicator_code,year,division_code,target,better,source\n"
DIVISIONS = read_divisions(COUNTY / "divisions")


def targets(folder: Path, *lines: str) -> CountyTargets:
    path = folder / TARGETS
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    return read_targets(path, CATALOGUE, DIVISIONS)


def test_a_county_without_the_file_has_no_targets_and_the_stocks_good_directions(tmp_path: Path) -> None:
    read = read_targets(tmp_path / TARGETS, CATALOGUE, DIVISIONS)
    assert (read.targets, read.better.get("weak_party_org_count")) == ((), "less")


def test_the_county_says_otherwise_which_way_is_better(tmp_path: Path) -> None:
    assert targets(tmp_path, "sown_area_mu,,,,less,").better.get("sown_area_mu") == "less"


def test_a_line_is_the_target_of_a_division_and_year(tmp_path: Path) -> None:
    read = targets(tmp_path, "grid_count,2022,140214101000,60.5,more,示例")
    assert read.targets == (Target("grid_count", 2022, "140214101000", Decimal("60.5"), "示例"),)
    assert read.better.get("grid_count") == "more"


def test_a_line_without_a_target_only_says_which_way_is_better(tmp_path: Path) -> None:
    read = targets(tmp_path, "weak_party_org_count,,,,less,")
    assert (read.targets, read.better.get("weak_party_org_count")) == ((), "less")
    assert read.better.get("grid_count") is None


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("grid_counts,2022,140214101000,60,more,", "没有这个指标，是否应为 grid_count"),
        ("grid_count,2022,140214101000,60,most,", "better 应为 more（多了好）或 less（少了好）"),
        ("grid_count,2022,140214101000,60,,", "没有填 better"),
        ("grid_count,2022,140214101000,,more,", "只说哪个方向好的，两样都空着"),
        ("grid_count,22,140214101000,60,more,", "year 的“22”应为年份"),
        ("grid_count,2022,140214101200,60,more,", "应为区县、乡镇或街道的区划代码"),
        ("grid_count,2022,999999999999,60,more,", "应为区县、乡镇或街道的区划代码"),
        ("grid_count,2022,140214101000,六十,more,", "target 的“六十”应为不小于 0 的数"),
        ("grid_count,2022,140214101000,NaN,more,", "应为不小于 0 的数"),
        ("grid_count,2022,140214102000,60,less,", "better 写的是 less，前面同一指标写的是 more"),
        ("grid_count,2022,140214200000,61,more,", "写了两次"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_allowed(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(TargetError, match=f"第 3 行“.*”：.*{fault}"):
        targets(tmp_path, "grid_count,2022,140214200000,60,more,", line)


def test_the_samples_targets_say_that_they_are_invented() -> None:
    read = read_targets(COUNTY / TARGETS, CATALOGUE, DIVISIONS)
    assert read.targets
    assert {target.source for target in read.targets} == {"合成示例目标，不是实际下达的"}
