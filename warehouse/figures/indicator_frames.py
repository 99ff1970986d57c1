"""Indicators as frames: the definition of each, and the forms that it needs."""

from collections.abc import Iterable

import polars as pl

from schemas.field import polars_schema
from schemas.indicator import DIVISION_LIST, Indicator
from schemas.tables.indicator import SourceIndicator, SourceIndicatorForm
from schemas.tables.national_indicator import NATIONAL_INDICATORS, SourceNationalIndicator


def indicator_frame(indicators: Iterable[Indicator]) -> pl.DataFrame:
    """Lay out one row per indicator, as `source_indicator`."""
    rows = [
        {
            "indicator_code": indicator.code,
            "indicator_name": indicator.name,
            "indicator_name_en": indicator.name_en,
            "chapter": indicator.chapter,
            "definition": indicator.definition,
            "definition_source": indicator.source,
            "unit": indicator.unit,
            "kind": indicator.kind,
            "formula": indicator.formula,
            "over_time": indicator.value.over_time,
            "adds_up_over_divisions": indicator.adds_up_over_divisions,
            "adds_up_over_time": indicator.adds_up_over_time,
            "basis": "list" if indicator.value.table == DIVISION_LIST else indicator.basis,
            "form_titles": indicator.form,
            "disputed": indicator.disputed,
        }
        for indicator in indicators
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceIndicator))


def indicator_form_frame(indicators: Iterable[Indicator]) -> pl.DataFrame:
    """Lay out one row per indicator, form, grain of period and year, as `source_indicator_form`."""
    rows = {
        (indicator.code, form, grain, year): (
            indicator.code, form, grain, year, needs, term.since, term.reporter, term.dated_by is not None, term.carries,
        )
        for indicator in indicators
        for year in indicator.years
        for _, term in indicator.terms
        for form, needs in term.needs
        for grain in indicator.periods
    }  # fmt: skip
    schema = polars_schema(SourceIndicatorForm)
    return pl.DataFrame(list(rows.values()), schema=schema, orient="row")


def national_indicator_frame() -> pl.DataFrame:
    """Lay out one row per indicator of the national plan, as `source_national_indicator`."""
    rows = [
        {
            "national_code": indicator.code,
            "plan_order": number,
            "pillar": indicator.pillar,
            "national_name": indicator.name,
            "national_unit": indicator.unit,
            "target_2022": indicator.target_2022,
            "nature": indicator.nature,
            "indicator_code": indicator.indicator_code,
            "gap": indicator.gap,
        }
        for number, indicator in enumerate(NATIONAL_INDICATORS, start=1)
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceNationalIndicator))
