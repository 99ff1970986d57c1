"""Figures as SDMX-CSV 2.0: an observation a line, with codes of CL_OBS_STATUS and CL_CONF_STATUS beside our own status."""

from typing import Any

import polars as pl

from warehouse.export.suppressed import PRIMARY, SECONDARY, SUPPRESSION

STRUCTURE = "XIANGCANG:FIGURES(1.0)"
_FREQUENCIES = {"year": "A", "quarter": "Q", "month": "M"}
_SUPPRESSED = "Q"
_CONFIDENTIALITY = {PRIMARY: "A", SECONDARY: "D"}
_FREE = "F"
_MEANINGS = {
    "STRUCTURE": "结构的种类",
    "STRUCTURE_ID": "机构:数据流(版本)",
    "ACTION": "I 供参考",
    "FREQ": "A 年、Q 季、M 月（CL_FREQ）",
    "REF_AREA": "区划代码，见 dim_division",
    "INDICATOR": "指标代码，见 dim_indicator",
    "BASIS": "口径，见 mart_figure",
    "TIME_PERIOD": "期",
    "OBS_VALUE": "值；无数或未列出的为空",
    "UNIT_MEASURE": "计量单位",
    "OBS_STATUS": "CL_OBS_STATUS：A 正常、P 暂定、I 含推算、U 可靠性低、V 未核实、W 含其他类的数、L 未收集、M 不可能有、Q 未列出",
    "CONF_STATUS": "CL_CONF_STATUS：F 可公开、A 户数过少、D 为保护前者",
    "STATUS": "本库的状态：final 终值、provisional 暂定、incomplete 不完整、questioned 待核、disputed 有争议",
}


def observations(figures: pl.DataFrame) -> pl.DataFrame:
    """Lay out exported figures as observations, in their order."""
    reason = pl.col(SUPPRESSION)
    return figures.select(
        STRUCTURE=pl.lit("dataflow"),
        STRUCTURE_ID=pl.lit(STRUCTURE),
        ACTION=pl.lit("I"),
        FREQ=pl.col("period_grain").replace_strict(_FREQUENCIES, return_dtype=pl.String),
        REF_AREA="division_code",
        INDICATOR="indicator_code",
        BASIS="basis",
        TIME_PERIOD="period",
        OBS_VALUE="value",
        UNIT_MEASURE="unit",
        OBS_STATUS=pl.when(reason.is_null())
        .then(pl.col("observation_status"))
        .otherwise(pl.lit(_SUPPRESSED)),
        CONF_STATUS=reason.replace_strict(_CONFIDENTIALITY, default=None, return_dtype=pl.String).fill_null(
            _FREE
        ),
        STATUS="status",
    )


def resource(described: dict[str, Any]) -> dict[str, Any]:
    """Describe the file as a resource of a data package. described: its path, size and hash."""
    fields = [
        {"name": name, "type": "number" if name == "OBS_VALUE" else "string", "description": meaning}
        for name, meaning in _MEANINGS.items()
    ]
    return {
        "name": "figures_sdmx",
        "profile": "tabular-data-resource",
        **described,
        "format": "csv",
        "mediatype": "application/vnd.sdmx.data+csv",
        "encoding": "utf-8",
        "title": "指标数（SDMX-CSV 2.0）",
        "description": "一行为一个观测值，与 mart_figure 同",
        "schema": {
            "fields": fields,
            "missingValues": [""],
            "primaryKey": ["REF_AREA", "INDICATOR", "BASIS", "TIME_PERIOD"],
        },
    }
