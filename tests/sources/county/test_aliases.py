"""Aliases are held against the division list: one that no longer points where it was meant to is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from sources.county.lists.aliases import COLUMNS, AliasError, read_aliases

KOUQUAN, PINGWANG = "140214200000", "140214207000"


def division(code: str, name: str, parent: str = KOUQUAN, **changes: date) -> dict[str, object]:
    defaults = {
        "division_code": code, "name": f"{name}委会", "canonical_name": name, "level": "village",
        "parent_code": parent, "valid_from": date(2020, 6, 30), "valid_to": None,
    }  # fmt: skip
    return defaults | changes


DIVISIONS = pl.DataFrame(
    [
        division("V1", "杨家窑村"),
        division("V2", "上窝寨村"),
        division("V3", "王家园村", PINGWANG),
        division("V4", "旧村", valid_from=date(2010, 1, 1), valid_to=date(2020, 6, 30)),
    ],
    schema_overrides={"valid_to": pl.Date},
)


def alias(**changes: str | None) -> dict[str, str | None]:
    defaults: dict[str, str | None] = {
        "division_code": "V1", "alias": "杨家窖村", "expected_name": "杨家窑村", "status": "observed",
        "note": "报表中见到", "added_by": "统计股", "added_on": "2022-04-11",
    }  # fmt: skip
    return defaults | changes


Read = Callable[..., pl.DataFrame]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(*aliases: dict[str, str | None]) -> pl.DataFrame:
        pl.DataFrame(aliases, schema=dict.fromkeys(COLUMNS, pl.String)).write_csv(tmp_path / "aliases.csv")
        return read_aliases(tmp_path, DIVISIONS)

    return run


def test_an_alias_that_points_where_it_was_meant_to_is_taken(read: Read) -> None:
    (row,) = read(alias()).iter_rows(named=True)
    assert (row["division_code"], row["added_on"]) == ("V1", date(2022, 4, 11))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"division_code": "V9"}, "名录里没有代码 V9；请改为“杨家窑村”现在的代码"),
        ({"expected_name": "上窝寨村"}, "V1 在名录里是“杨家窑村”，不是“上窝寨村”；请核实所指"),
        ({"alias": "上窝寨村"}, "同一乡镇里还有“上窝寨村”也叫这个名字；请把状态改为 ambiguous"),
        ({"alias": "上窝寨村委会"}, "同一乡镇里还有“上窝寨村”也叫这个名字"),
        ({"status": "seen"}, "状态“seen”不认得"),
        ({"added_by": None}, "没有填 added_by"),
        ({"note": None, "added_on": None}, "没有填 note、added_on"),
        ({"added_on": "2022年4月"}, "added_on 的“2022年4月”应为日期，如 2021-10-31"),
    ],
)
def test_an_alias_that_does_not_hold_is_refused_with_line_and_remedy(
    changes: dict[str, str | None], message: str, read: Read
) -> None:
    with pytest.raises(AliasError, match=f"别名 aliases.csv 第 3 行“.*”：{message}"):
        read(alias(alias="杨家窖"), alias(**changes))


def test_two_places_of_a_township_do_not_share_an_alias(read: Read) -> None:
    other = alias(division_code="V2", expected_name="上窝寨村")
    with pytest.raises(AliasError, match=r"第 2 行.*同一乡镇里还有“上窝寨村”"):
        read(alias(), other)
    assert read(alias(status="ambiguous"), other | {"status": "ambiguous"}).height == 2


@pytest.mark.parametrize("elsewhere", ["王家园村", "旧村"])
def test_a_name_of_another_township_or_of_a_place_that_had_left_does_not_disturb(
    elsewhere: str, read: Read
) -> None:
    assert read(alias(alias=elsewhere)).height == 1


def test_columns_that_are_not_those_are_named(tmp_path: Path) -> None:
    (tmp_path / "aliases.csv").write_text("alias\nx\n", "utf-8")
    with pytest.raises(AliasError, match=r"别名 aliases.csv 的列应为：division_code、alias、expected_name"):
        read_aliases(tmp_path, DIVISIONS)
