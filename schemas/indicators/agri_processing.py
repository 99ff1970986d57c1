"""农产品加工: amounts are cumulative within the year, so a year is its fourth quarter."""

from schemas.indicator import Indicator, Term

_FACT = "fact_agri_processing"
_FORM = "农产品加工企业统计表"
_SOURCE = "农产品加工企业统计表表式说明"


def _amount(code: str, name: str, name_en: str, column: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="特优农业",
        definition="各企业本年 1 月至期末的累计数之和；全年取四季度，缺四季度的取最近一季并标为暂定",
        source=_SOURCE,
        form=_FORM,
        unit="元",
        kind="flow",
        value=Term(_FACT, "sum", column),
        periods=("year", "quarter"),
    )


INDICATORS = [
    _amount(
        "agri_processing_sales_revenue",
        "农产品加工销售收入",
        "agri-product processing sales revenue",
        "sales_revenue_ytd_yuan",
    ),
    _amount(
        "agri_processing_output_value",
        "农产品加工产值",
        "agri-product processing output value",
        "output_value_ytd_yuan",
    ),
    Indicator(
        code="agri_processing_enterprise_count",
        name="农产品加工企业数",
        name_en="agri-product processing enterprises",
        chapter="特优农业",
        definition="期末一季有填报的企业",
        source=_SOURCE,
        form=_FORM,
        unit="家",
        kind="stock",
        value=Term(_FACT, "count", "credit_code"),
        periods=("year", "quarter"),
    ),
    Indicator(
        code="processing_cluster_named_count",
        name="农产品加工产业集群数",
        name_en="processing clusters",
        chapter="特优农业",
        definition="期末一季有企业填报的加工产业集群，同一集群只计一次",
        source=_SOURCE,
        form=_FORM,
        unit="个",
        kind="stock",
        value=Term(_FACT, "count_distinct", "cluster"),
        periods=("year", "quarter"),
    ),
]
