"""公交车辆: buses in operation and the companies that run them."""

from schemas.indicator import Aggregate, Indicator, Term


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
