"""Settings beside the schemas are read strictly: a fault says file, line, key, and what is allowed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas import figure_balances, thresholds, watched
from schemas.files.toml_file import SettingsRefused
from tests.district import INDICATORS

READERS: dict[str, Callable[[Path], object]] = {
    "thresholds": thresholds.read_thresholds,
    "watched": watched.read_watch_settings,
    "figure_balances": lambda path: figure_balances.read_figure_balances(INDICATORS, path),
}
FOLDER = Path(thresholds.__file__).parent


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("thresholds", "[importance.high]", "[importance.hihg]", "importance.hihg：“hihg”应为 high、normal 或 low"),
        ("thresholds", "[importance.high]", "[importanse.high]", "第 [0-9]+ 行 importanse：没有这一项，是否应为 importance"),
        ("thresholds", "rows = 0", "row = 0", "importance.high.error.row：没有这一项，是否应为 rows；可以写：rows、percent"),
        ("thresholds", "rows = 0", "", "importance.high.error：限度应写明 rows、percent 或两者"),
        ("thresholds", "percent = 1.0", "percent = 100", "importance.normal.error.percent：“100”应小于 100"),
        ("thresholds", "rows = 0", "rows = '无'", "importance.high.error.rows：“无”应为整数"),
        ("thresholds", "[importance.low]", "[rule.low]", "缺少重要性 low 的限度；应有 high、normal、low"),
        ("watched", "z = 3.5", "z = 0", "settings.z：“0”应大于 0"),
        ("watched", "z = 3.5", "", "第 4 行 settings.z：缺少这一项，应为数"),
        ("watched", "[settings]", "[setting]", "settings：缺少这一项，应为一节，可以写：fewest_values"),
        ("figure_balances", '"high"', '"hohe"', "village_class_adds_up.importance：“hohe”应为 high、normal 或 low"),
        ("figure_balances", "village_classified_count", "villages", "balance：没有指标 villages；代码见 dim_indicator"),
        ("figure_balances", " = village_class_ag", " village_class_ag", "balance：“.*”应写作一个关系"),
        ("figure_balances", "blocking = true", "blocking = 1.5", "village_class_adds_up.blocking：“1.5”应为 true 或 false"),
    ],
)  # fmt: skip
def test_a_fault_is_named(name: str, old: str, new: str, sentence: str, tmp_path: Path) -> None:
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / f"{name}.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(SettingsRefused, match=rf"{name}\.toml 有误：.*{sentence}"):
        READERS[name](path)
