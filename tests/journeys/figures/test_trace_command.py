"""`xiangcang trace` and `diff`: what they print, and what they refuse."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.cli import main
from tests.warehouse.figures.traced import rows_of, trace_in
from warehouse.database.query import query
from warehouse.database.store import Store
from warehouse.figures.trace import NoSuchFigure

SALES = "agri_processing_sales_revenue"


@pytest.fixture(scope="module")
def store(sample_home: Path) -> Store:
    return Store(sample_home)


@pytest.fixture
def xiangcang(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """The command in this process; gives its output, or its error where it failed."""

    def run(home: Path, *arguments: str, code: int = 0) -> str:
        monkeypatch.setenv("XIANGCANG_HOME", str(home))
        assert main(arguments) == code
        printed = capsys.readouterr()
        assert bool(printed.err) == bool(code)
        if code:
            error = printed.err.removeprefix("xiangcang: ").strip()
            assert printed.out == (f'{{"error": "{error}"}}\n' if "--json" in arguments else "")
        return printed.err if code else printed.out

    return run


Command = Callable[..., str]


def test_json_is_one_object_with_the_figure_and_the_rows_of_its_terms(
    sample_home: Path, store: Store, xiangcang: Command
) -> None:
    payload = json.loads(xiangcang(sample_home, "trace", "village_bus_coverage_rate", "-p", "2021", "--json"))

    (figure,) = query(
        store,
        "select * from mart_figure where indicator_code = 'village_bus_coverage_rate'"
        " and period = '2021' and division_level = 'county'",
    ).to_dicts()
    assert (payload["division_name"], payload["value"]) == ("云冈区", float(figure["value"]))
    assert (payload["version"], payload["is_synthetic"], payload["adds_up"]) == ("v000001", True, True)
    assert [(t["term"], t["value"], len(t["rows"])) for t in payload["terms"]] == [
        ("numerator", figure["numerator"], figure["numerator"]),
        ("denominator", figure["denominator"], figure["denominator"]),
    ]
    assert payload["terms"][0]["rows"][0].keys() >= {
        "file_name",
        "file_sha256",
        "sheet_name",
        "cell",
        "stored_value",
    }


def test_csv_has_a_line_for_each_row(sample_home: Path, xiangcang: Command) -> None:
    printed = xiangcang(sample_home, "trace", "rural_tourism_visits", "-p", "2022-06", "--csv")

    rows = list(csv.DictReader(io.StringIO(printed)))
    traced = trace_in(Store(sample_home), "rural_tourism_visits", "2022-06")
    assert {row["term"] for row in rows} == {"value"}
    assert sum(Decimal(row["value"]) for row in rows) == traced.figure.value


def test_the_terminal_shows_the_figure_its_cells_and_its_files(
    sample_home: Path, store: Store, xiangcang: Command
) -> None:
    printed = xiangcang(sample_home, "trace", SALES, "-p", "2022", "-d", "高山镇")

    figure = trace_in(store, SALES, "2022", "高山镇")
    assert printed.startswith("合成示例数据\n农产品加工销售收入　高山镇　2022")
    assert f"= {figure.figure.value:,.2f}".rstrip("0").rstrip(".") in printed
    rows = rows_of(store, SALES, "2022", "高山镇")["value"]
    for row in rows.iter_rows(named=True):
        assert row["file_sha256"] in printed
        assert row["cell"] in printed
    assert printed.endswith("相符：各行给出的数即公布的数\n")


def test_the_terminal_shows_the_first_rows_of_all_files_and_how_many_there_are(
    sample_home: Path, store: Store, xiangcang: Command
) -> None:
    printed = xiangcang(sample_home, "trace", SALES, "-p", "2022", "--rows", "3")

    traced = trace_in(store, SALES, "2022")
    (term,) = traced.terms
    cells = [line for line in printed.splitlines() if "sales_revenue_ytd_yuan" in line]
    assert len(cells) == 3 < term.row_count
    assert f"以上为前 3 行，共 {term.row_count:,} 行" in printed
    assert f"{term.row_count:,} 行，得 {term.amount:,.2f}".rstrip("0").rstrip(".") in printed
    assert all(digest in printed for digest in traced.files["file_sha256"])
    assert printed.endswith("相符：各行给出的数即公布的数\n")


def test_an_answer_too_long_for_the_terminal_is_cut_and_counted(
    sample_home: Path, xiangcang: Command
) -> None:
    printed = xiangcang(sample_home, "sql", "select range as n from range(12345);")

    assert printed.endswith("以上为前 1,000 行，共 12,345 行；--csv 或 --json 给出全部\n")
    assert "999 │" in printed
    assert "1000 │" not in printed


def test_a_programs_answer_has_every_row(sample_home: Path, xiangcang: Command) -> None:
    sql = "select range as n, '乡' as s from range(20002)"

    lines = xiangcang(sample_home, "sql", "--csv", sql).splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("n,s", "20001,乡", 20_003)
    rows = json.loads(xiangcang(sample_home, "sql", "--json", sql))
    assert rows == [{"n": n, "s": "乡"} for n in range(20_002)]
    assert xiangcang(sample_home, "sql", "--csv", "select 1 as n where false") == "n\n"


def test_an_altered_archived_file_is_named_and_refused(loaded_home: Path, xiangcang: Command) -> None:
    traced = trace_in(Store(loaded_home), SALES, "2022", "高山镇")
    digest = traced.files["file_sha256"][0]
    archived = loaded_home / "archive" / digest
    archived.chmod(0o600)
    archived.write_bytes(archived.read_bytes() + b"\0")

    for form in ((), ("--json",), ("--csv",)):
        assert xiangcang(loaded_home, "trace", SALES, "-p", "2022", "-d", "高山镇", *form, code=1) == (
            f"xiangcang: 归档文件 {digest} 的内容与收到时不同；请从备份恢复\n"
        )


def test_an_indicator_is_known_by_its_name(store: Store) -> None:
    assert trace_in(store, "农产品加工销售收入", "2022").figure == trace_in(store, SALES, "2022").figure


def test_an_unknown_indicator_is_refused_naming_those_near_to_it(store: Store) -> None:
    with pytest.raises(NoSuchFigure, match=f"没有指标 加工销售；相近的有：{SALES} 农产品加工销售收入"):
        trace_in(store, "加工销售", "2022")
    with pytest.raises(NoSuchFigure, match=r"没有指标 zzz；有哪些见 dim_indicator$"):
        trace_in(store, "zzz", "2022")


def test_an_unknown_period_is_refused_naming_those_near_to_it(store: Store) -> None:
    with pytest.raises(
        NoSuchFigure, match=r"没有 2019 的数；相近的期：2021、2022（2021 至 2022-Q4，共 \d+ 期）"
    ):
        trace_in(store, SALES, "2019")
    with pytest.raises(NoSuchFigure, match=r"没有 2022-Q9 的数；相近的期：2022-Q1、2022-Q2、2022-Q3"):
        trace_in(store, SALES, "2022-Q9")


def test_an_unknown_division_is_refused_naming_those_near_to_it_or_those_there_are(store: Store) -> None:
    with pytest.raises(NoSuchFigure, match=r"“高山”不能确定是哪一处；相近的有：高山镇（140214101000）$"):
        trace_in(store, SALES, "2022", "高山")
    with pytest.raises(NoSuchFigure, match=r"“大同市”不能确定是哪一处；请用.*高山镇（140214101000）"):
        trace_in(store, SALES, "2022", "大同市")


def test_a_column_in_vain_is_answered_with_those_near_to_it(sample_home: Path, xiangcang: Command) -> None:
    refusal = xiangcang(sample_home, "sql", "select valeu from mart_figure", code=1)
    assert refusal.splitlines()[0] == "xiangcang: 没有列 valeu；相近的有：value 值"


def test_a_division_is_known_by_name_code_or_alias(store: Store) -> None:
    alias, code = query(
        store,
        "select a.alias, a.division_code from dim_division_alias as a join mart_figure as f using (division_code)"
        " where a.status <> 'ambiguous' and f.indicator_code = 'registered_population' and f.period = '2022'"
        " and a.alias not in (select division_name from mart_figure) order by all limit 1",
    ).row(0)
    figure = trace_in(store, "registered_population", "2022", code).figure

    assert figure.division_code == code
    assert trace_in(store, "registered_population", "2022", alias).figure == figure
    assert trace_in(store, "registered_population", "2022", figure.division_name).figure == figure


def test_an_ambiguous_alias_decides_nothing(store: Store) -> None:
    (alias,) = query(
        store,
        "select alias from dim_division_alias where status = 'ambiguous'"
        " and alias not in (select division_name from mart_figure) order by all limit 1",
    ).row(0)

    with pytest.raises(NoSuchFigure, match=f"“{alias}”不能确定是哪一处"):
        trace_in(store, "registered_population", "2022", alias)


def test_a_version_does_not_differ_from_itself(sample_home: Path, xiangcang: Command) -> None:
    assert xiangcang(sample_home, "diff", "v000001", "v000001") == "两个版本的指标数完全相同\n"


def test_an_unknown_version_is_refused_naming_those_there_are(sample_home: Path, xiangcang: Command) -> None:
    assert xiangcang(sample_home, "diff", "v000001", "v000009", code=1) == (
        "xiangcang: 没有版本 v000009 的指标数；有：v000001\n"
    )
