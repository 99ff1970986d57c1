"""`xiangcang form`: a form in one place, for whoever maintains it."""

import pytest

from pipelines.cli import main
from pipelines.terminal.form import describe_form
from schemas.validate import rules
from sources.county.references import read_references
from tests.district import COUNTY, STAGED


@pytest.fixture(scope="module")
def sections() -> dict[str, list[str]]:
    """The lines of the form 网格划分台账, by their heading."""
    lines: dict[str, list[str]] = {}
    for line in describe_form("grid", read_references(COUNTY)):
        if line.startswith("【"):
            lines[heading := line.strip("【】")] = []
        elif line:
            lines[heading].append(line)
    return lines


def test_it_says_who_reports_and_by_when(sections: dict[str, list[str]]) -> None:
    assert sections["谁报"] == ["网格划分台账：各乡镇、各街道，每年报送，期末后 31 日内"]


def test_it_shows_each_field_with_its_headings(sections: dict[str, list[str]]) -> None:
    assert "households（户数，bigint，户）← 户数、网格户数、居民户数" in sections["字段"]
    assert "grid_code（网格编码，varchar，主键）← 网格编码、网格编号、网格代码" in sections["字段"]
    assert len(sections["字段"]) == 8


def test_it_lists_the_rules_in_words(sections: dict[str, list[str]]) -> None:
    assert "退回 党员中心户不应多于户数" in sections["行的规则"]
    assert "存疑 网格编码前 12 位应为所在村（社区）的区划代码" in sections["行的规则"]
    assert len(sections["行的规则"]) == len(rules(STAGED["grid"]))


def test_it_shows_its_indicators_and_the_sql_of_its_fact(sections: dict[str, list[str]]) -> None:
    assert "grid_household_count（网格覆盖户数，户）= sum(households) from fact_grid" in sections["指标"]
    assert "from staged_grid as f" in sections["fact_grid 的 SQL"]


@pytest.mark.parametrize("table", STAGED)
def test_every_form_can_be_shown(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["form", table]) == 0
    printed = capsys.readouterr().out
    assert "【谁报】" in printed
    assert f"staged_{table}" in printed


def test_a_form_that_there_is_not_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["form", "gird"]) == 1
    assert "没有表 gird；有：agri_output、agri_processing" in capsys.readouterr().err
