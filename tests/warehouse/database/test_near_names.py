"""Names near to one that there is not, and the words for a table or column that a statement names in vain."""

from pathlib import Path

import duckdb
import pytest

from warehouse.database.near_names import missing_name, near_names

FIGURES = {
    "farm_loan_balance": "农户贷款余额",
    "farm_loan_disbursed": "农户贷款发放额",
    "rural_tourism_visits": "乡村旅游人次",
    "rural_tourism_revenue": "乡村旅游收入",
    "rural_tourism_sites": "乡村旅游点",
    "rural_tourism_beds": "乡村旅游床位",
}


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("farm_loan_balence", ["farm_loan_balance", "farm_loan_disbursed"]),
        ("农户贷款", ["farm_loan_balance", "farm_loan_disbursed"]),
        ("农户贷款余颔", ["farm_loan_balance", "farm_loan_disbursed"]),
        ("visits", ["rural_tourism_visits"]),
        ("乡村旅游", ["rural_tourism_sites", "rural_tourism_visits", "rural_tourism_revenue"]),
        ("粮食", []),
        ("", []),
    ],
)
def test_near_are_at_most_three_that_are_spelt_alike_or_have_the_name_in_them(
    name: str, near: list[str]
) -> None:
    assert near_names(name, FIGURES) == near


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        for statement in (
            "create table mart_figure (indicator_code varchar, value decimal(18,4), change_pct double)",
            "create view mart_figure_cell as select value, indicator_code as cell from mart_figure",
            "create table fact_tourism (visits bigint)",
            "comment on table mart_figure is '指标数：一行为一个数'",
            "comment on column mart_figure.change_pct is '同比（%）：比上年'",
        ):
            connection.execute(statement)
    return path


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("from mart_figur", "没有表 mart_figur；相近的有：mart_figure 指标数、mart_figure_cell"),
        ("select * from 指标数", "没有表 指标数；相近的有：mart_figure 指标数"),
        ("from zz", "没有表 zz；用 show tables 列出"),
        ("select valeu from mart_figure", "没有列 valeu；相近的有：value"),
        ("select f.valeu from mart_figure_cell as f", "没有列 valeu；相近的有：value"),
        ("select 同比 from mart_figure", "没有列 同比；相近的有：change_pct 同比（%）"),
        ("select visits from mart_figure", "没有列 visits；用 describe 表名 列出"),
    ],
)
def test_a_name_in_vain_is_answered_with_the_near_ones_and_the_place(
    file: Path, sql: str, message: str
) -> None:
    with duckdb.connect(str(file), read_only=True) as connection, pytest.raises(duckdb.Error) as raised:
        connection.execute(sql)

    first, line, mark = str(missing_name(file, sql, raised.value)).splitlines()
    assert first == message
    assert line.startswith("LINE 1: ")
    assert set(mark) == {" ", "^"}


def test_another_mistake_is_duckdbs_to_explain(file: Path) -> None:
    with duckdb.connect(str(file), read_only=True) as connection, pytest.raises(duckdb.Error) as raised:
        connection.execute("selec 1")

    assert missing_name(file, "selec 1", raised.value) is None
