"""Lists of a county are held against one another before anything is read; a fault says where, what and what is allowed."""

import re
from pathlib import Path

import pytest

from sources.county.references import read_references
from sources.source_tables import reference_frames
from tests.district import COUNTY, REFERENCES
from tests.sources.county.county_folder import (
    ALIASES,
    CROSSWALK,
    DIVISIONS,
    REPORTERS,
    Change,
    add,
    put,
    refusal,
)  # fmt: skip

YUNGANG = "yungang,云冈镇,township,140214102000,云冈镇,2018-02-09,"
LISTS = [
    (put(REPORTERS, "folder", "文件夹"), "填报单位 reporters.csv 的列应为：reporter_code、name、kind"),
    (put(REPORTERS, YUNGANG, YUNGANG + ",x"), "第 3 行：有 8 列，应为 7 列"),
    (put(REPORTERS, YUNGANG, ""), "第 3 行：是空行；请删去"),
    (put(REPORTERS, ",云冈镇,t", ",云冈镇 ,t"), "第 3 行“云冈镇”：name 前后有空格"),
    (
        put(REPORTERS, "yungang,云冈镇,township", "yungang,云冈镇,town"),
        "第 3 行“云冈镇”：没有类别 town，是否应为 township",
    ),
    (put(REPORTERS, YUNGANG, YUNGANG.replace("2018-02-09", "")), "没有填 valid_from"),
    (
        put(REPORTERS, YUNGANG, YUNGANG.replace("2018-02-09", "2018/2/9")),
        "valid_from 的“2018/2/9”应为日期，如 2021-10-31",
    ),
    (put(REPORTERS, YUNGANG, YUNGANG + "2018-02-09"), "valid_from 2018-02-09 应早于 valid_to 2018-02-09"),
    (put(REPORTERS, YUNGANG, YUNGANG.replace("102000", "109000")), "名录里没有区划代码 140214109000"),
    (
        put(REPORTERS, YUNGANG, YUNGANG.replace("102000", "001000")),
        "township 类的区划应为 township 或 town 或 zone，140214001000 是 subdistrict",
    ),
    (add(REPORTERS, YUNGANG), "“云冈镇”：代码 yungang 已用于第 3 行；同一单位换了名称"),
    (add(REPORTERS, YUNGANG.replace("yungang", "yungang_2")), "文件夹“云冈镇”同时属于第 3 行的“云冈镇”"),
    (put(REPORTERS, ",云冈镇,2018", ",云冈/镇,2018"), "“云冈/镇”不能作文件夹名"),
    (put(REPORTERS, "insurer_a", "甲 保险"), "代码“甲 保险”应只有字母、数字和下划线"),
    (put(DIVISIONS, "code_known", "known"), "区划名录 division.csv 的列应为：division_code、name"),
    (
        add(DIVISIONS, "140215000000,云州区,云州区,county,,,2020-06-30,,true,"),
        "“云州区”：名录里已有区县 140214000000；一个库只有一个区县",
    ),
    (
        add(DIVISIONS, "140215101000,西坪镇,西坪镇,town,140214000000,,2020-06-30,,true,"),
        "代码 140215101000 不在区县 140214000000 内；应以 140214 开头",
    ),
    (
        add(DIVISIONS, "140214999000,某镇,某镇,town,,,2020-06-30,,true,"),
        "“某镇”：没有上级代码；只有 140214000000 可以没有",
    ),
    (
        add(DIVISIONS, "140214999000,某镇,某镇,town,140214990000,,2020-06-30,,true,"),
        "名录里没有上级代码 140214990000",
    ),
    (
        add(DIVISIONS, "140214999000,某镇,某镇,town,140214101000,,2020-06-30,,true,"),
        "上级 140214101000 是 town，不在 town 之上",
    ),
    (
        add(DIVISIONS, "14021499,某镇,某镇,town,140214000000,,2020-06-30,,true,"),
        "代码 14021499 应为 12 位数字",
    ),
    (
        add(DIVISIONS, "140214999000,某镇,某镇,镇,140214000000,,2020-06-30,,true,"),
        "没有级别 镇；应为 province、",
    ),
    (
        add(DIVISIONS, "140214999000,某镇,某镇,town,140214000000,,2020-06-30,,是,"),
        "code_known 的“是”应为 true 或 false",
    ),
    (
        add(DIVISIONS, "140214999000,某镇,某镇,town,140214000000,,2021-06-30,2020-06-30,true,"),
        "valid_from 2021-06-30 应早于 valid_to 2020-06-30",
    ),
    (
        add(DIVISIONS, "140214101000,某镇,某镇,town,140214000000,,2021-06-30,,true,"),
        "代码 140214101000 写了两次，另一行是“.*”，有效的日子重叠",
    ),
    (
        add(CROSSWALK, "140214990000,,unknown_successor,无,2021-10-31"),
        "区划沿革 crosswalk.csv 第 122 行“140214990000”：from_code 名录里没有代码",
    ),
    (
        add(CROSSWALK, "140214101000,140214990000,same_name_moved,无,2021-10-31"),
        "to_code 名录里没有代码 140214990000",
    ),
    (
        add(CROSSWALK, "140214101000,,same_name_moved,无,2021-10-31"),
        "去向不详的 relation 写 unknown_successor，to_code 留空",
    ),
    (add(CROSSWALK, "140214101000,,unknown_successor,无,2021年"), "effective_date 的“2021年”应为日期"),
    (
        add(ALIASES, "140214990000,某处,某镇,observed,见到,统计股,2022-04-11"),
        "别名 aliases.csv 第 28 行“某处”：名录里没有代码 140214990000",
    ),
    (
        add("plausible_bands.csv", "fact_grids,households,1,2"),
        "上下限 plausible_bands.csv 第 14 行“fact_grids.households”：没有这张事实表",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), LISTS)
def test_a_fault_in_a_list_is_named_with_line_and_what_is_allowed(
    change: Change, sentence: str, folder: Path
) -> None:
    change(folder)
    assert re.search(sentence, refusal(folder))


def test_the_countys_own_folder_is_sound(folder: Path) -> None:
    assert read_references(folder).reporters == read_references(COUNTY).reporters
    assert reference_frames(read_references(folder)).keys() == reference_frames(REFERENCES).keys()


@pytest.mark.parametrize("name", [REPORTERS, DIVISIONS])
def test_a_list_in_another_encoding_is_refused(name: str, folder: Path) -> None:
    (folder / name).write_bytes((folder / name).read_text("utf-8").encode("gb18030"))
    assert re.search(r"第 2 行不是 UTF-8；请另存为“CSV UTF-8", refusal(folder))


@pytest.mark.parametrize(
    "name", [REPORTERS, DIVISIONS, "contracts/village_credit.quarter.toml", "county.toml"]
)
def test_the_mark_that_windows_puts_before_utf_8_is_passed_over(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    assert read_references(folder).reporters == read_references(COUNTY).reporters


@pytest.mark.parametrize("name", [REPORTERS, DIVISIONS, ALIASES])
def test_a_list_that_is_missing_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    assert re.fullmatch(rf"没有(填报单位|区划名录|别名) .*{name}", refusal(folder))
