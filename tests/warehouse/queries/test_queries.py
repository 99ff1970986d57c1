"""The worked questions: each is asked in Chinese, runs on the published file, and answers what is right."""

import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import warehouse
from tests import ROOT
from tests.warehouse.queries.answers import ANSWERS
from tests.warehouse.queries.answers.loaded_sample import Sample
from warehouse.build.code_hash import hash_of_program
from warehouse.database.query import query
from warehouse.database.store import Store

(PACKAGE,) = map(Path, warehouse.__path__)
ANALYSTS = [ROOT / "docs/analysts.md", ROOT / "docs/analysts.zh-CN.md"]
QUESTIONS = {path.stem: path.read_text("utf-8") for path in sorted((PACKAGE / "queries").glob("*.sql"))}


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Sample:
    return Sample(sample_home)


def test_every_question_has_an_answer_that_was_worked_out() -> None:
    assert sorted(QUESTIONS) == sorted(ANSWERS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_the_one_worked_out_without_sql(name: str, sample: Sample) -> None:
    rows = query(Store(sample.home.root), QUESTIONS[name]).rows()

    assert rows == ANSWERS[name](sample)
    assert rows


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_begins_with_itself_and_how_to_answer_it(name: str) -> None:
    question, answer, *_ = QUESTIONS[name].splitlines()
    assert re.match(r"-- 问题: [一-鿿 0-9，、]+？$", question)
    assert re.match(r"-- 答法: .+", answer)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_in_lower_case_and_answers_under_chinese_names(name: str, sample: Sample) -> None:
    text = re.sub(r"'[^']*'|--.*", "", QUESTIONS[name])
    assert text == text.lower()
    columns = query(Store(sample.home.root), QUESTIONS[name]).columns
    assert [column for column in columns if not re.search("[一-鿿]", column)] == []


def test_a_cumulative_figure_that_falls_is_found_also_across_a_quarter_that_is_missing(
    given: Callable[..., Callable[[str], list[dict[str, Any]]]],
) -> None:
    reported = [("2022-Q1", 500, 400), ("2022-Q3", 300, 600), ("2022-Q4", 900, 500)]
    rows = [
        {
            "reporter_code": "gaoshan",
            "delivery_id": period,
            "period": period,
            "sheet_row": 5,
            "credit_code": "91140214MA0AAAAA0X",
            "enterprise_name": "乳品厂",
            "sales_revenue_ytd_yuan": Decimal(sales),
            "output_value_ytd_yuan": Decimal(output),
        }
        for period, sales, output in reported
    ]
    select = given(staged_agri_processing=rows)

    gaps = select(QUESTIONS["enterprises_with_gaps"])
    assert [tuple(row.values())[2:] for row in gaps] == [
        (2022, 3, "累计下降", 300, 500, 600, 400),
        (2022, 4, "累计下降", 900, 300, 500, 600),
    ]


@pytest.mark.parametrize("analysts", ANALYSTS, ids=lambda path: path.name)
def test_every_question_stands_in_the_analysts_document(analysts: Path) -> None:
    document = analysts.read_text("utf-8")
    rows = [
        f"| {text.splitlines()[0].removeprefix('-- 问题: ')} | `{name}` |" for name, text in QUESTIONS.items()
    ]
    assert [row for row in rows if row not in document] == []


def test_a_new_question_is_no_reason_to_build_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Path(shutil.copytree(PACKAGE, tmp_path / "warehouse"))
    monkeypatch.setattr(warehouse, "__path__", [str(copy)])
    before = hash_of_program.__wrapped__()

    (copy / "queries" / "new.sql").write_text("select 1")
    assert hash_of_program.__wrapped__() == before
    for name in ("new.sql", "new.sql.j2"):
        (copy / "checks" / name).write_text("select 1")
        assert hash_of_program.__wrapped__() != before
        (copy / "checks" / name).unlink()
