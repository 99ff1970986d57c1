"""Personal columns: ignored with the reason, and never shown."""

import pytest

from sources.drafting.cells import classify_cells
from sources.drafting.toml_text import write_toml
from tests.sources.drafting.sheets import draft, terms
from tests.sources.grid import Cell

NAMES = ["王小明", "李建国", "张秀英", "刘芳"]


def register(heading: str, *values: Cell) -> dict[str, str]:
    """What a register with such a column ignores."""
    rows = [[f"{place}村", value, 3] for place, value in zip("东西南北", values, strict=False)]
    ignored: dict[str, str] = terms(draft(["台账"], ["村名", heading, "户数（户）"], *rows)).get(
        "ignored_columns", {}
    )
    return ignored


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("姓名", "个人姓名，不入库"), ("户主", "个人姓名，不入库"), ("村支部书记", "个人姓名，不入库"),
        ("联系电话", "个人电话，不入库"), ("身份证号码", "证件号码，不入库"), ("银行卡号", "账号，不入库"),
        ("家庭住址", "个人住址，不入库"), ("出生年月", "个人出生日期，不入库"),
    ],
)  # fmt: skip
def test_the_heading_tells(heading: str, reason: str) -> None:
    assert register(heading, "甲", "乙", "丙") == {heading: reason}


@pytest.mark.parametrize(
    "heading", ["负责人人数（人）", "固定电话用户（户）", "是否开通电话", "户主户数（户）"]
)
def test_counts_of_persons_and_telephones_are_data(heading: str) -> None:
    assert register(heading, 1, 2) == {}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (["110105194912310021", "11010519491231002X"], "证件号码，不入库"),
        (["13812345678", "13912345678"], "个人电话，不入库"),
        ([13812345678, 13912345678], "个人电话，不入库"),
        (["6222020200012345678", "6222020200012345679"], "账号，不入库"),
        (NAMES, "疑为个人姓名，不入库"),
    ],
)
def test_what_the_cells_look_like_tells_and_is_marked(values: list[Cell], reason: str) -> None:
    rows = [[f"{place}村", value, 3] for place, value in zip("东西南北", values, strict=False)]
    form = draft(["台账"], ["村名", "其他情况", "户数（户）"], *rows)

    assert terms(form)["ignored_columns"] == {"其他情况": reason}
    assert "role" in form.fields[1].doubts


def test_places_are_no_names() -> None:
    assert register("所属片区", "张庄", "李家沟", "王村", "黄石市") == {}


def test_nothing_of_a_person_is_written_or_shown() -> None:
    rows: list[list[Cell]] = [
        [f"{place}村", name, "13812345678", 3] for place, name in zip("东西南北", NAMES, strict=True)
    ]
    form = draft(
        ["台账"],
        ["填表人：赵敏　电话：13700001111"],
        ["村名", "户主", "电话", "户数（户）"],
        *rows,
        ["填表人：孙丽"],
    )

    everything = write_toml(form) + "".join(cell.text for cell in classify_cells(form))
    for secret in (*NAMES, "13812345678", "赵敏", "孙丽", "13700001111"):
        assert secret not in everything
    assert {cell.cell_class for cell in classify_cells(form) if cell.column == 1 and 3 <= cell.row < 7} == {
        "personal"
    }
