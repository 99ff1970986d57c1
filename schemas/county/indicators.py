"""Indicators of a county: the stock's on its own terms and in its own words, and those of a single institution.

Put here: how a county says an indicator in `indicators.toml`. Keep out: how a stock indicator is declared.
"""

from collections.abc import Container, Mapping
from dataclasses import replace
from functools import partial

from pydantic import Field

from schemas.county.terms import CountyTerms
from schemas.files.strict import Strict
from schemas.indicator import (
    CLASSIFICATION_DATE,
    CLASSIFICATION_LIST,
    DIVISION_LIST,
    LOANS_SINCE,
    Indicator,
    Term,
)


class CountyIndicator(Strict):
    """An indicator in a county's own words, by its code; or one like a stock indicator, of a single institution.

    like: the code of the stock indicator, where that is another. institution: the code of the reporter whose rows alone
    count.
    """

    like: str | None = Field(default=None, description="像程序的哪个指标；不写则是同名的")
    institution: str | None = Field(default=None, description="只算哪家机构")
    name: str | None = Field(default=None, min_length=1, description="名称")
    name_en: str | None = Field(default=None, min_length=1, description="英文名称")
    definition: str | None = Field(
        default=None, min_length=1, description="计什么、不计什么；{loans_since} 是累计的起始日"
    )
    form: str | None = Field(default=None, min_length=1, description="由哪些表算出")


def county_indicator(
    code: str, own: CountyIndicator, stock: Mapping[str, Indicator], sent: Mapping[str, Container[str]]
) -> Indicator:
    """Make an indicator of a county of the stock's. sent: the staged tables that each reporter sends.

    Raises KeyError where the stock has no such indicator.
    """
    words = own.model_dump(include={"name", "name_en", "definition", "form"}, exclude_none=True)
    indicator = replace(stock[own.like or code], code=code, **words)
    if own.institution is None:
        return indicator
    of_its = partial(_of_institution, institution=own.institution, sent=sent[own.institution])
    denominator = indicator.denominator and of_its(indicator.denominator)
    return replace(indicator, value=of_its(indicator.value), denominator=denominator)


def _of_institution(term: Term, institution: str, sent: Container[str]) -> Term:
    """Restrict a term to the rows of one institution, and to the forms that it sends."""
    is_its = f"institution_code = '{institution}'"
    return replace(
        term,
        where=is_its if term.where == "true" else f"{term.where} and {is_its}",
        reporter=institution,
        forms=tuple((form, needs) for form, needs in term.needs if form in sent),
        unknown=tuple((field, f"{condition} and {is_its}") for field, condition in term.unknown),
    )


def on_terms_of(county: CountyTerms, indicator: Indicator) -> Indicator:
    """Fill in what a stock indicator leaves to the county: since when, and on which list of villages."""
    classified_on = county.classification_list or str(county.latest_list.year)
    filled = {
        LOANS_SINCE: str(county.loans_since),
        CLASSIFICATION_DATE: str(county.lists[classified_on]),
        CLASSIFICATION_LIST: classified_on,
    }
    definition, basis = indicator.definition, indicator.basis
    for placeholder, text in filled.items():
        definition, basis = definition.replace(placeholder, text), basis.replace(placeholder, text)
    denominator = indicator.denominator and _since(indicator.denominator, county)
    value = _since(indicator.value, county)
    return replace(indicator, definition=definition, basis=basis, value=value, denominator=denominator)


def _since(term: Term, county: CountyTerms) -> Term:
    is_open = term.over_time == "to_date" and term.since is None and term.table != DIVISION_LIST
    return replace(term, since=county.loans_since) if is_open else term
