"""Settings of the checks are read before a load receives anything, and a rule with limits of its own exists."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.settings import check_settings
from schemas.files.toml_file import SettingsRefused
from schemas.thresholds import Threshold
from sources.county.references import References
from tests.district import CATALOGUE, REFERENCES


def with_limits(rule: str) -> References:
    """Those of the county, with limits of one more rule."""
    thresholds = CATALOGUE.thresholds.model_copy(update={"rule": {rule: Threshold()}})
    return replace(REFERENCES, catalogue=replace(CATALOGUE, thresholds=thresholds))


def test_the_settings_in_force_are_sound() -> None:
    check_settings(REFERENCES)


@pytest.mark.parametrize("rule", ["loan_village_unknown", "village_code__required", "fact_grid__out_of_band"])
def test_a_rule_over_rows_or_tables_may_have_limits_of_its_own(rule: str) -> None:
    check_settings(with_limits(rule))


def test_limits_of_a_rule_that_does_not_exist_are_refused_with_those_like_it() -> None:
    sentence = (
        "限度 thresholds.toml 有误：.*rule.loan_vilage_unknown：没有这条规则；相近的有：loan_village_unknown"
    )
    with pytest.raises(SettingsRefused, match=sentence):
        check_settings(with_limits("loan_vilage_unknown"))


def test_a_text_of_the_bulletin_that_names_no_indicator_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bulletin").mkdir()
    (tmp_path / "bulletin" / "text.md").write_text("# 党建与治理\n\n网格{grid_counts}。", "utf-8")
    with pytest.raises(SettingsRefused, match="第 3 行：没有指标 grid_counts，是否应为 grid_count"):
        check_settings(replace(REFERENCES, folder=tmp_path))
