"""公交车辆台账: the vehicles of the bus companies at the end of the year."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Aggregate, Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number, period_year


class StagedBusVehicle(Staged):
    """Accepted rows of 公交车辆台账, one per delivery and vehicle."""

    vehicle_number: str = field(
        "车辆自编号",
        description="公司内部的车辆编号，不是号牌",
        key=True,
        str_matches=r"^[0-9A-Z-]{3,20}$",
    )
    company_name: str = field(
        "所属公司", description="运营公司", str_length={"min_value": 2, "max_value": 30}
    )
    is_in_operation: pl.Boolean = field("投入运营", description="年末是否投入运营")
    in_service_date: pl.Date = field("投运日期", description="投入运营的日期；未投运的为空", blank="none")

    no_personal_number = rule(
        "所属公司中不应有电话或证件号码", no_long_number(pl.col("company_name")), of="company_name"
    )
    operation_since = rule(
        "投入运营的车辆应有投运日期，且不晚于报告期末",
        ~pl.col("is_in_operation")
        | pl.col("in_service_date").is_not_null() & (pl.col("in_service_date").dt.year() <= period_year()),
    )


BUS_VEHICLE = Fact(
    StagedBusVehicle,
    title="公交车辆",
    grain="一行为一辆公交车的一年，取有效报送；各公司的车辆可能兼跑城区线路",
)


def _count(
    code: str, name: str, name_en: str, unit: str, definition: str, term: tuple[Aggregate, str]
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="乡村建设",
        definition=definition,
        source="公交车辆台账表式说明",
        form="公交车辆台账",
        unit=unit,
        kind="stock",
        value=Term("fact_bus_vehicle", *term, where="is_in_operation"),
    )


INDICATORS = [
    _count(
        "bus_in_operation_count", "投入运营公交车辆", "buses in operation", "辆",
        "年末投入运营的公交车辆，一辆计一次；各公司的车辆可能兼跑城区线路", ("count", "is_in_operation"),
    ),
    _count(
        "bus_company_count", "公交公司", "bus companies", "家",
        "年末有车辆投入运营的公交公司", ("count_distinct", "company_name"),
    ),
]  # fmt: skip
