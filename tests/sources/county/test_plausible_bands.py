"""The county's bands of plausible values: which lines are read, and the message for a wrong one."""

from pathlib import Path

import pytest

from sources.county.lists.plausible_bands import BandError, read_plausible_bands
from tests.district import CATALOGUE

HEADER = "fact_table,field,least,most\n"


def bands(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / "plausible_bands.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines))
    return path


def test_bands_are_read_as_numbers(tmp_path: Path) -> None:
    read = read_plausible_bands(bands(tmp_path, "fact_loan_balance,rate_pct,0.5,24"), CATALOGUE)
    assert read.to_dicts() == [
        {"fact_table": "fact_loan_balance", "field": "rate_pct", "least": 0.5, "most": 24.0}
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("fact_grids,households,1,2", "没有这张事实表；应为 .*fact_grid、"),
        ("dim_date,year,1,2", "没有这张事实表"),
        ("fact_grid,grid_name,1,2", "没有这个数字字段；应为 households、party_centre_households、buildings"),
        ("fact_grid,year,1,2", "没有这个数字字段"),
        ("fact_grid,households,9,1", "下限不大于上限"),
        ("fact_grid,households,一,2", "应是两个数"),
        ("fact_grid,households,,2", "应是两个数"),
        ("fact_grid,buildings,0,300", "写了两次"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_allowed(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(BandError, match=f"第 3 行“.*”：.*{fault}"):
        read_plausible_bands(bands(tmp_path, "fact_grid,buildings,0,300", line), CATALOGUE)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BandError, match="列应为：fact_table、field、least、most"):
        read_plausible_bands(bands(tmp_path, header="fact,field,least,most\n"), CATALOGUE)
