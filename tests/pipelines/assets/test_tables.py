"""Tables in the words of Dagster."""

import pytest

from pipelines.assets.tables import markdown, model_key


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
    assert model_key(model).to_user_string() == key


def test_a_cell_cannot_break_out_of_its_table() -> None:
    assert (
        markdown(["说明", "值"], [["一|二\n三", None]]) == "| 说明 | 值 |\n| --- | --- |\n| 一\\|二 三 |  |"
    )
