"""What the gate for kept texts masks, and what it leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.personal import MASK, hide_in_name, hide_in_names, hide_personal


@pytest.mark.parametrize(
    "number",
    [
        "13900001111", "139-0000-1111", "139 0000 1111", "139.0000.1111", "１３９００００１１１１", "139－0000－1111",
        "999001198001019999", "99900119800101999X", "999001 19800101 9999", "999001-1980-0101-9999",
        "6228480402564890018", "6228 4804 0256 4890 018", "6228-4804-0256-4890",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "填报值={}", "（{}）", "甲{}乙", "B5：{}，不对"])
def test_numbers_of_persons_are_masked_however_they_are_written(number: str, around: str) -> None:
    assert hide_personal(around.format(number)) == around.format(MASK)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系人=甄隐士", "联系人=＊＊＊"),
        ("联系人：甄隐士，电话：13900001111", "联系人：＊＊＊，电话：＊＊＊"),
        ("户主: 欧阳隐士 12=13+14", "户主: ＊＊＊ 12=13+14"),
        ("填表人＝甄士", "填表人＝＊＊＊"),
        ("联系人：甄隐士、李士，电话：13900001111", "联系人：＊＊＊，电话：＊＊＊"),
        ("联系人=甄隐士+李士", "联系人=＊＊＊"),
    ],
)
def test_names_behind_a_label_are_masked(text: str, shown: str) -> None:
    assert hide_personal(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "合计 1,195,000,000.00 元", "12=13+14", "2022-12-31 至 2023-01-05", "台账20221231120000.csv", "农商〔2022〕3号",
        "“负责人”一列不读", "91140214MA0H8XYX3T", "140214101200", "共 12345678 行", "0.000012345", "缺少“户主姓名”列",
    ],
)  # fmt: skip
def test_amounts_dates_codes_and_words_stay(text: str) -> None:
    assert hide_personal(text) == text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("户主甄隐士.xlsx", "户主＊＊＊.xlsx"),
        ("2022年村党组织负责人名单.xlsx", "2022年村党组织负责人名单.xlsx"),
        ("负责人台账.xlsx", "负责人台账.xlsx"),
        ("13900001111名单.csv", "＊＊＊名单.csv"),
        ("云冈镇2022年四季度加工企业.xlsx", "云冈镇2022年四季度加工企业.xlsx"),
        ("91999214MAXD3FKRQ4_CLGRDK_20221231.dat", "91999214MAXD3FKRQ4_CLGRDK_20221231.dat"),
    ],
)
def test_names_of_files(name: str, shown: str) -> None:
    assert hide_in_name(name) == shown


def test_names_of_sheets_stay_apart() -> None:
    assert hide_in_names(["户主甄隐士", "汇总", "户主李士", "汇总（2）"]) == [
        "户主＊＊＊",
        "汇总",
        "户主＊＊＊〔2〕",
        "汇总（2）",
    ]


@given(st.text(alphabet="0123456789０１２３ -.，。甲乙联系人：", max_size=40))
def test_a_masked_text_has_nothing_more_to_mask(text: str) -> None:
    assert hide_personal(hide_personal(text)) == hide_personal(text)
