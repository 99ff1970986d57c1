"""The indicators as rows: what each is, and which forms it needs."""

from collections.abc import Iterable

import polars as pl

from schemas.catalogue import RECORDED
from schemas.field import polars_schema
from schemas.indicator import DIVISION_LIST, Indicator
from schemas.indicators import INDICATORS
from schemas.national_indicators import NATIONAL_INDICATORS


def indicator_frame(indicators: Iterable[Indicator] = INDICATORS.values()) -> pl.DataFrame:
    """One row per indicator, as `source_indicator`."""
    rows = [
        {
            "indicator_code": one.code,
            "indicator_name": one.name,
            "indicator_name_en": one.name_en,
            "chapter": one.chapter,
            "definition": one.definition,
            "definition_source": one.source,
            "unit": one.unit,
            "kind": one.kind,
            "formula": one.formula,
            "over_time": one.value.over_time,
            "basis": "list" if one.value.table == DIVISION_LIST else one.basis,
            "form_titles": one.form,
            "disputed": one.disputed,
        }
        for one in indicators
    ]
    return pl.DataFrame(rows, schema=polars_schema(RECORDED["source_indicator"]))


def indicator_form_frame(indicators: Iterable[Indicator] = INDICATORS.values()) -> pl.DataFrame:
    """One row per indicator, form, grain of period and year, as `source_indicator_form`."""
    rows = {
        (one.code, form, grain, year): (one.code, form, grain, year, needs, term.since, term.reporter)
        for one in indicators
        for year in one.years
        for _, term in one.terms
        for form, needs in term.needs
        for grain in one.periods
    }
    schema = polars_schema(RECORDED["source_indicator_form"])
    return pl.DataFrame(list(rows.values()), schema=schema, orient="row")


def national_indicator_frame() -> pl.DataFrame:
    """One row per indicator of the national plan, as `source_national_indicator`."""
    rows = [
        {
            "national_code": one.code,
            "plan_order": number,
            "pillar": one.pillar,
            "national_name": one.name,
            "national_unit": one.unit,
            "target_2022": one.target_2022,
            "nature": one.nature,
            "indicator_code": one.indicator_code,
            "gap": one.gap,
        }
        for number, one in enumerate(NATIONAL_INDICATORS, start=1)
    ]
    return pl.DataFrame(rows, schema=polars_schema(RECORDED["source_national_indicator"]))
