"""农业生产: the year's output, the animals kept at its end, and processing as a ratio to the output."""

from schemas.indicator import Indicator, Kind, Term

_FORM = "农业生产情况表"
_SOURCE = "农业生产情况表表式说明"
_GROSS_OUTPUT_VALUE = Term("fact_agri_output", "sum", "gross_output_value_yuan")


def _total(code: str, name: str, name_en: str, unit: str, column: str) -> Indicator:
    is_kept = unit in ("头", "只")
    kind: Kind = "stock" if is_kept else "flow"
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="特优农业",
        definition=f"各行政村{'年末' if is_kept else '全年'}{name}之和；未填的村没有或未报，不作推算",
        source=_SOURCE,
        form=_FORM,
        unit=unit,
        kind=kind,
        value=Term("fact_agri_output", "sum", column),
    )


INDICATORS = [
    _total("sown_area_mu", "农作物播种面积", "sown area", "亩", "sown_area_mu"),
    _total("grain_output_tonnes", "粮食产量", "grain output", "吨", "grain_output_tonnes"),
    _total("milk_output_tonnes", "奶类产量", "milk output", "吨", "milk_output_tonnes"),
    _total("meat_output_tonnes", "肉类产量", "meat output", "吨", "meat_output_tonnes"),
    _total("egg_output_tonnes", "禽蛋产量", "egg output", "吨", "egg_output_tonnes"),
    _total("dairy_cow_head_count", "奶牛存栏", "dairy cows", "头", "dairy_cow_heads"),
    _total("pig_head_count", "生猪存栏", "pigs", "头", "pig_heads"),
    _total("sheep_head_count", "羊存栏", "sheep and goats", "只", "sheep_heads"),
    Indicator(
        code="agri_gross_output_value",
        name="农林牧渔业总产值",
        name_en="gross output value of farming",
        chapter="特优农业",
        definition="各行政村全年农林牧渔业总产值之和，按现行价格计算；不含农产品加工产值",
        source=_SOURCE,
        form=_FORM,
        unit="元",
        kind="flow",
        value=_GROSS_OUTPUT_VALUE,
    ),
    Indicator(
        code="processing_to_agri_output_ratio",
        name="农产品加工产值与农业总产值比",
        name_en="ratio of processing output to gross farm output",
        chapter="特优农业",
        definition="农产品加工企业全年累计产值与农林牧渔业总产值之比，以总产值为 1；"
        "缺四季度的取最近一季累计并标为暂定，只含填报的加工企业",
        source="乡村振兴战略规划（2018—2022 年）主要指标",
        form=f"农产品加工企业统计表、{_FORM}",
        unit="倍",
        kind="ratio",
        value=Term("fact_agri_processing", "sum", "output_value_ytd_yuan"),
        denominator=_GROSS_OUTPUT_VALUE,
    ),
]
