"""Settings of the checks are read before a load receives anything, and a rule with limits of its own exists."""

import pytest

from pipelines.assets import settings
from pipelines.assets.settings import check_settings
from schemas.files.toml_file import SettingsRefused
from schemas.thresholds import Threshold, Thresholds, thresholds
from sources.county.references import read_references


def with_limits(rule: str) -> Thresholds:
    """Those in force, with limits of one more rule."""
    return thresholds().model_copy(update={"rule": {rule: Threshold()}})


def test_the_settings_in_force_are_sound() -> None:
    check_settings(read_references())


@pytest.mark.parametrize("rule", ["loan_village_unknown", "village_code__required", "fact_grid__out_of_band"])
def test_a_rule_over_rows_or_tables_may_have_limits_of_its_own(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "thresholds", lambda: with_limits(rule))
    check_settings(read_references())


def test_limits_of_a_rule_that_does_not_exist_are_refused_with_those_like_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "thresholds", lambda: with_limits("loan_vilage_unknown"))
    sentence = (
        "限度 thresholds.toml 有误：.*rule.loan_vilage_unknown：没有这条规则；相近的有：loan_village_unknown"
    )
    with pytest.raises(SettingsRefused, match=sentence):
        check_settings(read_references())
