"""The catalogue of a county: what the program declares, as the county has it, with the county's own forms."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from schemas.catalogue import Catalogue, read_stock
from schemas.county.indicators import CountyIndicator, county_indicator, on_terms_of
from schemas.county.own_tables import Declared, declare_form, limited
from schemas.county.terms import CountyTerms
from schemas.fact import Period
from schemas.field import columns
from schemas.figure_balances import read_figure_balances
from schemas.files.faults import suggest
from schemas.files.toml_file import TomlFile
from schemas.indicator import Indicator
from schemas.thresholds import THRESHOLDS, read_thresholds
from schemas.watched import WATCHED, read_watch_settings
from sources.county.county_contracts import CountyContracts

INDICATORS, BALANCES = "indicators.toml", "figure_balances.toml"


def read_county_catalogue(
    folder: Path, county: CountyTerms, contracts: CountyContracts, county_hash: str
) -> Catalogue:
    """Put a county's forms, indicators and settings beside the stock's. Raises SettingsRefused, ContractError."""
    stock = read_stock()
    own = {name: _declare(contracts, name) for name in contracts.own}
    staged = stock.staged | {
        declared.fact.name.removeprefix("fact_"): declared.staged for declared in own.values()
    }
    for name, limits in contracts.limits.items():
        table = contracts.contracts[name].table
        known = [column.name for column in columns(staged[table])]
        if unknown := [field for field in limits if field not in known]:
            fault = f"表 {table} 没有字段 {unknown[0]}{suggest(unknown[0], known)}"
            raise contracts.files[name].refusal([(("fields", unknown[0]), fault)])
        staged[table] = limited(staged[table], limits)
    facts = stock.facts | {declared.fact.name: declared.fact for declared in own.values()}
    indicators = {code: on_terms_of(county, indicator) for code, indicator in stock.indicators.items()}
    indicators |= {i.code: i for declared in own.values() for i in declared.indicators}
    indicators |= dict(_county_indicators(folder, county, stock.indicators, contracts))
    catalogue = replace(
        stock,
        county=county,
        staged=staged,
        facts=facts,
        built=stock.built | {name: fact.table for name, fact in facts.items() if name not in stock.built},
        indicators=indicators,
        thresholds=read_thresholds(_own_or(folder / THRESHOLDS.name, THRESHOLDS)),
        watch_settings=read_watch_settings(_own_or(folder / WATCHED.name, WATCHED)),
        county_hash=county_hash,
    )
    if (folder / BALANCES).exists():
        balances = stock.figure_balances | read_figure_balances(indicators, folder / BALANCES)
        return replace(catalogue, figure_balances=balances)
    return catalogue


def _own_or(own: Path, stock: Path) -> Path:
    return own if own.exists() else stock


def _declare(contracts: CountyContracts, name: str) -> Declared:
    """Make the tables and indicators of one of the county's own forms."""
    contract, file = contracts.contracts[name], contracts.files[name]
    if contract.rhythm == "date":
        raise file.refusal([(("period",), "自有的表按年、半年、季、月或旬报，不按日")])
    period: Period = contract.rhythm
    try:
        return declare_form(
            contract.table,
            contracts.own[name],
            title=contract.title[0],
            period=period,
            cumulative=contract.cumulative,
            codes=contract.field_of_header,
        )
    except ValueError as error:
        raise file.refusal([((), str(error))]) from None


def _county_indicators(
    folder: Path, county: CountyTerms, stock: Mapping[str, Indicator], contracts: CountyContracts
) -> Iterator[tuple[str, Indicator]]:
    """Read `indicators.toml`: stock indicators in the county's words, and those of a single institution."""
    if not (folder / INDICATORS).exists():
        return
    file = TomlFile(folder / INDICATORS, "指标")
    sent: dict[str, set[str]] = {}
    for contract in contracts.contracts.values():
        for reporter in contract.reporters:
            sent.setdefault(reporter.partition(":")[2], set()).add(contract.table)
    for code, terms in file.terms.items():
        own = file.make(CountyIndicator, terms, (code,))
        like = own.like or code
        if like not in stock:
            raise file.refusal([((code,), _no_indicator(like, stock))])
        if own.institution is not None and own.institution not in sent:
            fault = f"没有哪种表由 {own.institution} 报送；在 contracts/ 的 reporters 中写明"
            raise file.refusal([((code, "institution"), fault)])
        yield code, on_terms_of(county, county_indicator(code, own, stock, sent))


def check_county(file: TomlFile, county: CountyTerms, catalogue: Catalogue, divisions: pl.DataFrame) -> None:
    """Hold `county.toml` against division list and indicators. Raises SettingsRefused."""
    listed = divisions.filter(pl.col("level") == "county")["division_code"].unique().to_list()
    faults = []
    if f"{county.code}000000" not in listed:
        known = "、".join(code[:6] for code in listed) or "没有级别为 county 的一行"
        faults.append((("code",), f"区划名录里没有区县 {county.code}；名录里是 {known}"))
    for key, codes in (("headlines", county.headlines), ("cards", county.cards)):
        unknown = [code for code in codes if code not in catalogue.indicators]
        faults += [((key,), _no_indicator(code, catalogue.indicators)) for code in unknown]
    if faults:
        raise file.refusal(faults)


def _no_indicator(code: str, indicators: Iterable[str]) -> str:
    near = "、".join(get_close_matches(code, indicators, n=3))
    return f"没有指标 {code}{f'，是否应为 {near}' if near else ''}；代码见 dim_indicator"
