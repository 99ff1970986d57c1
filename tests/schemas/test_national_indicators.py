"""The national plan's 22 indicators: all there, each fed by an indicator here, or with the reason why not."""

import re
from collections import Counter

import pytest

from schemas.tables.national_indicator import NATIONAL_INDICATORS, NationalIndicator
from tests.district import INDICATORS

FED = [indicator for indicator in NATIONAL_INDICATORS if indicator.indicator_code is not None]


def test_all_22_are_there_by_pillar() -> None:
    assert Counter(indicator.pillar for indicator in NATIONAL_INDICATORS) == {
        "产业兴旺": 5, "生态宜居": 4, "乡风文明": 4, "治理有效": 5, "生活富裕": 4,
    }  # fmt: skip
    assert len({indicator.code for indicator in NATIONAL_INDICATORS}) == 22
    binding = [indicator.code for indicator in NATIONAL_INDICATORS if indicator.nature == "约束性"]
    assert binding == ["grain_production_capacity", "manure_utilisation_rate", "village_paved_road_share"]


def test_a_target_is_a_number_or_what_it_must_exceed() -> None:
    assert [
        indicator.code
        for indicator in NATIONAL_INDICATORS
        if not re.fullmatch(r">?\d+(\.\d+)?", indicator.target_2022)
    ] == []


def test_what_feeds_one_is_an_indicator_here() -> None:
    assert [indicator.code for indicator in FED if indicator.indicator_code not in INDICATORS] == []
    assert {indicator.code for indicator in FED} >= {
        "processing_to_agri_output_ratio",
        "tap_water_coverage_rate",
    }


def test_a_percentage_is_fed_by_a_percentage() -> None:
    units = [
        (indicator.unit == "%", INDICATORS[str(indicator.indicator_code)].unit == "%") for indicator in FED
    ]
    assert [here for planned, here in units if planned != here] == []


def test_one_that_nothing_feeds_must_say_why() -> None:
    with pytest.raises(ValueError, match=r"labour.*neither"):
        NationalIndicator("labour", "产业兴旺", "农业劳动生产率", "万元/人", "5.5", "预期性")
