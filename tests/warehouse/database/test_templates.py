"""Names and texts in templates of SQL."""

from pathlib import Path

import duckdb
import jinja2
import pytest

from warehouse.database import templates
from warehouse.database.templates import render, render_line


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(templates, "_PACKAGE", tmp_path)
    monkeypatch.setattr(templates._ENVIRONMENT, "loader", jinja2.FileSystemLoader(tmp_path))
    path = tmp_path / "labelled.sql.j2"
    path.write_text("select {{ label | literal }} as {{ name | identifier }}\n", "utf-8")
    return path


@pytest.mark.parametrize("name", ["order", "Sheet 1", '亩"; drop table x', "镇's"])
@pytest.mark.parametrize("label", ["it's", "'; drop table x --", "“粮食”"])
def test_a_name_stays_a_name_and_a_text_stays_a_text(template: Path, name: str, label: str) -> None:
    answer = duckdb.execute(render(template, name=name, label=label))
    assert [column for column, *_ in answer.description] == [name]
    assert answer.fetchall() == [(label,)]


def test_a_name_that_the_template_is_not_given_is_an_error(template: Path) -> None:
    with pytest.raises(jinja2.UndefinedError, match="'label' is undefined"):
        render(template, name="order")


def test_a_query_that_a_page_shows_is_one_line_without_comments(template: Path) -> None:
    template.write_text("-- A label.\n-- grain: one row\nselect *\n  -- of those\nfrom label\n", "utf-8")
    assert render_line(template) == "select * from label"
