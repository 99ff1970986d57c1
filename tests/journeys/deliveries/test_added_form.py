"""A form that the repository does not have is added as CONTRIBUTING.md says: by a contract and a schema module."""

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import duckdb
import openpyxl
import pytest

from sample import COUNTY
from tests import ROOT

SCHEMA = '''"""鱼塘台账: the fish ponds of the villages at the end of the year."""

from functools import partial

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule


class StagedFishPond(Staged):
    """Accepted rows of 鱼塘台账, one per delivery and pond."""

    pond_code: str = field("鱼塘编号", description="乡镇内的编号", key=True, str_matches=r"^YT[0-9]{3}$")
    village_code: str = field(
        "村代码",
        description="鱼塘所在的村，由名称在乡镇内查得",
        place="village",
        references="dim_division.division_code",
    )
    area_mu: pl.Int64 = field("水面面积", description="年末的水面", unit="亩", gt=0, watch=(10,))
    deep_area_mu: pl.Int64 = field(
        "深水面积", description="水深两米以上的水面", unit="亩", ge=0, unwatched="small_counts"
    )

    deep_within_area = rule("深水面积不应多于水面面积", pl.col("deep_area_mu") <= pl.col("area_mu"))


FISH_POND = Fact(
    StagedFishPond,
    title="鱼塘",
    grain="一行为一个鱼塘的一年，取有效报送",
    place=("village_code",),
    keyed_by_reporter=True,
    series=("pond_code",),
    notes={"area_mu": "各年不可相加"},
)

_stock = partial(
    Indicator, kind="stock", chapter="特优农业", source="鱼塘台账表式说明", form="鱼塘台账"
)

INDICATORS = [
    _stock(
        "fish_pond_count", "鱼塘", "fish ponds", "个", definition="年末的鱼塘，一个编号计一次",
        value=Term("fact_fish_pond", "count_distinct", "pond_code"),
    ),
    _stock(
        "fish_pond_area_mu", "鱼塘水面", "water surface of fish ponds", "亩", definition="年末各鱼塘的水面之和",
        value=Term("fact_fish_pond", "sum", "area_mu"),
    ),
]  # fmt: skip
'''

CONTRACT = """# 鱼塘台账: one line per fish pond of the reporter's villages, at the end of the year.
table = "fish_pond"
title = ["鱼塘台账"]
reporters = ["township"]
cadence = "year"
due_days = 31
accept = "rows"
totals = "must_agree"
owed = "once_begun"

[workbook]
total_rows = ["合计"]

[columns]
pond_code = ["鱼塘编号"]
village_code = ["村"]
area_mu = ["水面面积"]
deep_area_mu = ["深水面积"]
"""

OF_THE_FORM = [
    "tests/schemas/test_tables_built.py", "tests/schemas/test_indicators.py", "tests/schemas/test_validate.py",
    "tests/sources/county", "tests/sources/templates", "tests/pipelines/test_definitions.py",
    "tests/warehouse/models/test_portable.py", "-k", "fish_pond or test_definitions or test_portable",
]  # fmt: skip
"""What lists all forms, and what is parametrized by it; `make test-long` runs all tests."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with two files more."""
    tree = tmp_path_factory.mktemp("tree") / "xiangcang"
    kept_out = shutil.ignore_patterns(
        ".*_cache", "__pycache__", ".venv", ".git", ".hypothesis", "test-output"
    )
    shutil.copytree(ROOT, tree, ignore=kept_out)
    (tree / "schemas" / "forms" / "fish_pond.py").write_text(SCHEMA)
    (tree / "sources" / "county" / "contracts" / "fish_pond.list.toml").write_text(CONTRACT)
    return tree


def run(tree: Path, *arguments: str, home: Path | None = None) -> str:
    """Run Python in the tree; return what was printed."""
    variables = {**os.environ, "PYTHONPATH": str(tree)}
    if home:
        variables["XIANGCANG_HOME"] = str(home)
    ended = subprocess.run(
        [sys.executable, *arguments], cwd=tree, env=variables, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout[-4_000:] + ended.stderr[-4_000:]
    return ended.stdout


def xiangcang(tree: Path, home: Path, *arguments: str) -> str:
    return run(tree, "-m", "pipelines.cli", *arguments, home=home)


def rows_of(published: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, object]]:
    answer = published.sql(sql)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


@pytest.mark.long
@pytest.mark.parametrize("chosen", [OF_THE_FORM, pytest.param([], id="all")])
def test_the_tests_pass_with_the_two_files(tree: Path, chosen: list[str]) -> None:
    printed = run(tree, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *chosen)
    passed = re.search("([0-9]+) passed", printed)
    assert passed is not None
    assert int(passed[1]) > 100


def test_the_form_is_printed_filled_received_checked_and_published(tree: Path, tmp_path: Path) -> None:
    home, blank = tmp_path / "home", tmp_path / "blank"
    inbox = home / "inbox" / "高山镇"
    inbox.mkdir(parents=True)
    shutil.copytree(COUNTY, home / "county")
    xiangcang(tree, home, "templates", str(blank))
    book = openpyxl.load_workbook(blank / "高山镇" / "鱼塘台账.xlsx")
    sheet = book.active
    assert [sheet[cell].value for cell in ("A1", "A3", "A4", "B4", "C4", "D5")] == [
        "鱼塘台账", "报告期：", "*鱼塘编号", "*村", "*水面面积\n（亩）", 2
    ]  # fmt: skip
    sheet["A3"] = "报告期：2022年"
    lines = [("YT001", "高山村", 12, 3), ("YT002", "高山村", 30, 31), ("YT003", "高山村", 8, 0)]
    for number, line in enumerate(lines, start=6):
        for column, value in enumerate(line, start=1):
            sheet.cell(number, column).value = value
    sheet["C206"], sheet["D206"] = 50, 34  # what Excel makes of the formulas of the blank form
    book.save(inbox / "高山镇2022年鱼塘台账.xlsx")
    xiangcang(tree, home, "load", "--settle", "0")

    with duckdb.connect(str(home / "warehouse" / "warehouse.duckdb"), read_only=True) as published:
        rows = partial(rows_of, published)
        assert rows("select outcome, accepted_rows, rejected_rows from dq_delivery") == [
            {"outcome": "accepted", "accepted_rows": 2, "rejected_rows": 1}
        ]
        assert rows("select rule, cell from dq_rejected_row") == [
            {"rule": "row__deep_within_area", "cell": "D7"}
        ]
        figures = "select indicator_code, value from mart_figure where indicator_code like 'fish%' and division_level = 'county'"
        assert rows(f"{figures} order by all") == [
            {"indicator_code": "fish_pond_area_mu", "value": 20},
            {"indicator_code": "fish_pond_count", "value": 2},
        ]
        comment = "select comment from duckdb_columns() where table_name = 'fact_fish_pond' and column_name = 'area_mu'"
        assert rows(comment) == [{"comment": "水面面积（亩）：年末的水面；各年不可相加"}]
    assert "深水面积不应多于水面面积" in xiangcang(tree, home, "form", "fish_pond")
