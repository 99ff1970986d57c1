"""A few figures as the warehouse holds them, and how a published file is made of them."""

from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]

_TABLES = """
create table mart_figure (
    indicator_code varchar, indicator_name varchar, unit varchar, division_code varchar, division_name varchar,
    division_level varchar, period varchar, period_grain varchar, basis varchar, value decimal(18,4),
    numerator decimal(18,4), denominator decimal(18,4), source_rows bigint, flagged_rows bigint, corrected_rows bigint,
    status varchar, status_reasons varchar, observation_status varchar, previous_value decimal(18,4),
    change_value decimal(18,4), change_pct decimal(18,2), change_status varchar
);
create table dim_indicator (
    indicator_code varchar, indicator_name varchar, indicator_name_en varchar, chapter varchar,
    definition varchar, definition_source varchar, unit varchar, kind varchar, over_time varchar, basis varchar,
    form_titles varchar, disputed varchar
);
create table warehouse_info (name varchar, value varchar, description varchar)
"""

_DISTRICT = {
    "division_code": "140214000000", "division_name": "云冈区", "division_level": "county", "period": "2022",
    "period_grain": "year", "basis": "2022", "source_rows": 10, "flagged_rows": 0, "corrected_rows": 0,
    "status": "final", "status_reasons": "", "observation_status": "A",
}  # fmt: skip
_GAOSHAN = {"division_code": "140214101000", "division_name": "高山镇", "division_level": "town"}
_YUNGANG = {"division_code": "140214102000", "division_name": "云冈镇", "division_level": "town"}

_SALES = {
    "indicator_code": "agri_processing_sales_revenue",
    "indicator_name": "农产品加工销售收入",
    "unit": "元",
}
_VISITS = {"indicator_code": "rural_tourism_visits", "indicator_name": "乡村旅游人次", "unit": "人次"}
_BUS = {"indicator_code": "village_bus_coverage_rate", "indicator_name": "通公交车的行政村占比", "unit": "%"}
_GRIDS = {"indicator_code": "grid_count", "indicator_name": "网格", "unit": "个"}

INDICATORS: list[Row] = [
    _SALES | {"chapter": "特优农业", "kind": "flow", "form_titles": "农产品加工企业统计表"},
    _VISITS
    | {"chapter": "特优农业", "kind": "flow", "over_time": "sum", "form_titles": "乡村旅游接待统计表"},
    _BUS | {"chapter": "乡村建设", "kind": "ratio", "form_titles": "村社会经济基本情况"},
    _GRIDS
    | {
        "chapter": "党建与治理",
        "kind": "stock",
        "form_titles": "网格划分台账",
        "disputed": "<b>两种</b>说法",
    },
]

FIGURES: list[Row] = [
    _SALES | {"value": "1194980000", "previous_value": "1000000000", "change_value": "194980000", "change_pct": "19.50",
              "status": "incomplete", "status_reasons": "缺报 1 份（口泉乡）；退回 2 行", "change_status": "incomplete",
              "observation_status": "U", "flagged_rows": 3, "corrected_rows": 1},
    _SALES | _GAOSHAN | {"value": "800000000"},
    _SALES | _YUNGANG | {"value": "394980000", "status": "incomplete"},
    _VISITS | {"value": "163842", "source_rows": 120},
    _VISITS | {"value": "60000", "period": "2022-05", "period_grain": "month"},
    _VISITS | {"value": "103842", "period": "2022-10", "period_grain": "month"},
    _BUS | {"value": "97.8723", "previous_value": "95.5000", "change_value": "2.3723", "change_pct": "2.48"},
    _GRIDS | {"value": "810"},
    _GRIDS | {"value": "799", "period": "2021"},
]  # fmt: skip


def write_warehouse(file: Path, figures: list[Row], indicators: list[Row], *, synthetic: bool) -> None:
    """A DuckDB file with what a bulletin reads; what a row leaves out is as in the district's whole year."""
    info = {
        "version": "v000003", "published_at": "2023-02-01T01:41:00+08:00",
        "cut_off": "2023-02-01T01:30:00+08:00", "is_synthetic": str(synthetic).lower(),
        "data_label": "合成示例数据" if synthetic else "报送数据",
    }  # fmt: skip
    plain = {
        "definition": "按报送数合计",
        "definition_source": "公报",
        "over_time": "latest",
        "basis": "2022",
    }
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute(_TABLES)
        _put(connection, "mart_figure", [_DISTRICT | dict(row) for row in figures])
        _put(connection, "dim_indicator", [plain | dict(row) for row in indicators])
        _put(connection, "warehouse_info", [{"name": n, "value": v} for n, v in info.items()])


def _put(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))
