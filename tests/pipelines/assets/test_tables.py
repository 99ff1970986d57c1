"""Tables in the words of Dagster."""

import pytest
from markdown_it import MarkdownIt

from pipelines.assets.tables import key_of_table, markdown


@pytest.mark.parametrize(
    ("model", "key"),
    [
        ("fact_loan_balance", "fact/loan_balance"),
        ("dim_date", "dim/date"),
        ("dq_check_result", "dq/check_result"),
        ("warehouse_info", "dq/warehouse_info"),
    ],
)
def test_the_key_of_a_model(model: str, key: str) -> None:
    assert key_of_table(model).to_user_string() == key


@pytest.mark.parametrize(
    "text",
    ["一|二", "[点此](javascript:alert)", "![x](http://x.example/a.png)", "<img src=x onerror=alert>", "**粗**_斜_",
     "`码`", "https://x.example/a", "www.x.example", "a@x.example", "&lt;", "~~删~~", "\\", "\x1b[31m红", "# 题"],
)  # fmt: skip
def test_a_cell_shows_its_text_and_nothing_else(text: str) -> None:
    table = markdown(["值"], [[text]])
    reader = MarkdownIt("gfm-like", {"linkify": False, "html": True})

    cells = [token for token in reader.parse(table) if token.type == "inline"]

    assert {child.type for child in cells[1].children or []} <= {"text", "text_special"}
    assert "".join(child.content for child in cells[1].children or []) == text.replace("\x1b", "␛")


def test_a_cell_is_one_line() -> None:
    assert markdown(["值"], [["二\n三"], [None]]) == "| 值 |\n| --- |\n| 二 三 |\n|  |"


def test_an_address_is_no_link() -> None:
    assert markdown(["值"], [["https://x.example www.x.example a@x.example"]]).splitlines()[-1] == (
        "| https\\://x.example www\\.x.example a\\@x.example |"
    )
