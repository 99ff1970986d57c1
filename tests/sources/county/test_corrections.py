"""Files of corrections: what they may say, and that what they may not is named with its remedy."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sources.county.corrections import Correction, CorrectionError
from sources.county.references import References, read_references
from tests.district import COUNTY

FIELDS = {
    "id": "2021-口泉-01",
    "table": "village_profile",
    "reporter": "kouquan",
    "period": "2021",
    "sheet": "年报",
    "cell": "B4",
    "field": "registered_households",
    "expect": "1000",
    "value": "100",
    "who": "统计股数据管理员",
    "when": date(2022, 1, 20),
    "why": "多打一个零，电话核实",
    "status": "in_force",
}


def entry(**changes: object) -> str:
    """One [[correction]] in TOML; what is None is left out."""
    lines = [
        f"{name} = {value if isinstance(value, date | int) else f'{value!r}'}"
        for name, value in (FIELDS | changes).items()
        if value is not None
    ]
    return "\n".join(["[[correction]]", *lines, ""])


@pytest.fixture(scope="module")
def references() -> References:
    return read_references(COUNTY)


@pytest.fixture
def read(tmp_path: Path, references: References) -> Callable[..., tuple[Correction, ...]]:
    def run(**files: str) -> tuple[Correction, ...]:
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, "utf-8")
        return references.with_corrections(tmp_path).corrections

    return run


Read = Callable[..., tuple[Correction, ...]]


def test_a_correction_knows_its_deliveries_and_its_file(read: Read) -> None:
    (correction,) = read(年报=entry())
    assert (correction.file, correction.key) == ("年报.toml", ("village_profile", "kouquan", "2021"))
    assert (correction.expect, correction.value, correction.when) == ("1000", "100", date(2022, 1, 20))


def test_a_home_without_corrections_has_none(tmp_path: Path, references: References) -> None:
    assert references.with_corrections(tmp_path / "corrections").corrections == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"remark": "x"}, "correction 第 1 条 remark：没有这一项"),
        ({"file": "x"}, "correction 第 1 条 file：没有这一项"),
        ({"who": None}, "correction 第 1 条 who：缺少这一项"),
        ({"why": " "}, "why：不能为空"),
        ({"value": 100}, "value：应为带引号的文本"),
        ({"when": "昨天"}, "when：应为日期，如"),
        ({"status": "done"}, "status：应为 in_force 或 withdrawn"),
        ({"cell": "4B"}, "cell：应形如 D7"),
        ({"period": "2021年"}, "period：应形如 2022、2022-Q3"),
        ({"who": "电话 13900000000"}, "who：不得写身份证号或电话"),
        ({"who": "电话 139-0000-0000"}, "who：不得写身份证号或电话"),
        ({"table": "villages"}, "第 3 行 correction 第 1 条 table：2021-口泉-01：没有表 villages"),
        ({"reporter": "口泉乡"}, "第 4 行 .*reporter：2021-口泉-01：没有填报单位 口泉乡；可以写：.*kouquan"),
        (
            {"field": "households"},
            "field：.*表 village_profile 没有字段 households，是否应为 .*registered_households",
        ),
        ({"value": "1000 "}, "value：2021-口泉-01：与 expect 相同"),
        ({"table": "loan_note", "field": "borrower_key"}, "field：.*borrower_key 是个人信息"),
    ],
)
def test_an_entry_that_is_not_allowed_is_named_with_file_and_key(
    changes: dict[str, object], message: str, read: Read
) -> None:
    with pytest.raises(CorrectionError, match=f"更正 年报.toml .*{message}"):
        read(年报=entry(**changes))


def test_what_is_no_toml_is_named(read: Read) -> None:
    with pytest.raises(CorrectionError, match=r"更正 年报.toml 第 1 行：不是 TOML，节的名称应写作"):
        read(年报="[[correction]\n")


def test_an_id_is_used_once(read: Read) -> None:
    with pytest.raises(CorrectionError, match=r"更正 乙.toml 的编号 2021-口泉-01 已用于 丙.toml"):
        read(乙=entry(cell="C4"), 丙=entry())


def test_a_cell_is_corrected_once(read: Read) -> None:
    with pytest.raises(CorrectionError, match=r"更正 乙.toml 的 第二条 与 丙.toml 的 第一条 更正同一单元格"):
        read(乙=entry(id="第二条"), 丙=entry(id="第一条"))


def test_a_withdrawn_correction_makes_room_for_another(read: Read) -> None:
    assert len(read(年报=entry() + entry(id="第二条", status="withdrawn"))) == 2


def test_the_rules_of_other_deliveries_do_not_change(tmp_path: Path, references: References) -> None:
    (tmp_path / "年报.toml").write_text(entry(), "utf-8")
    corrected = references.with_corrections(tmp_path)
    contract = "village_profile.summary"

    def is_changed(reporter: str, period: str, contract: str = contract) -> bool:
        before, after = (
            version.rules_hash(contract, reporter, period) for version in (references, corrected)
        )
        return before != after

    assert is_changed("kouquan", "2021")
    assert not is_changed("kouquan", "2022")
    assert not is_changed("gaoshan", "2021")
    assert not is_changed("kouquan", "2021", "agri_processing.quarter")
