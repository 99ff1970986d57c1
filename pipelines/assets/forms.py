"""Forms as assets that others make: what clerks send in, by when, and when it last came."""

from collections.abc import Iterable, Iterator

import dagster as dg

from pipelines.assets.freshness import freshness
from pipelines.assets.groups import group_of_form
from pipelines.state.addresses import dictionary_address, quality_address
from schemas.catalogue import Catalogue
from sources.county.contract import Contract, WorkbookContract
from sources.county.references import References
from sources.county.reporting_terms import reporting_terms
from sources.home.receipts import Receipt
from warehouse.build.order import dependencies


def form_key(table: str) -> dg.AssetKey:
    """`loan_note` -> form/loan_note: what is read into staging/loan_note."""
    return dg.AssetKey(["form", table])


def form_specs(references: References) -> list[dg.AssetSpec]:
    """One for each form that somebody sends, in all its layouts."""
    return [_spec(table, _contracts(table, references), references) for table in references.reported]


def figure_links(references: References) -> dict[str, dg.MetadataValue]:
    """Link figures to the forms that they are made from, by their titles, and to the quality page."""
    indicators = references.catalogue.indicators.values()
    needed = {form for indicator in indicators for _, term in indicator.terms for form, _ in term.needs}
    links = {
        _title(_contracts(table, references)): dg.MetadataValue.asset(form_key(table))
        for table in references.reported
        if table in needed
    }
    return {"quality": dg.MetadataValue.url(quality_address()), **links}


def accepted_forms(received: Iterable[Receipt]) -> Iterator[dg.AssetMaterialization]:
    """Report the forms of which deliveries were accepted, an event each."""
    by_table: dict[str, list[Receipt]] = {}
    for receipt in received:
        if receipt.outcome == "accepted":
            by_table.setdefault(receipt.table, []).append(receipt)
    for table, accepted in sorted(by_table.items()):
        yield dg.AssetMaterialization(
            form_key(table),
            metadata={
                "deliveries": len(accepted),
                "rows": sum(receipt.rows.accepted for receipt in accepted),
                "latest_period": max(receipt.period for receipt in accepted),
            },
        )


def _spec(table: str, contracts: list[Contract], references: References) -> dg.AssetSpec:
    return dg.AssetSpec(
        form_key(table),
        group_name=group_of_form(references.catalogue, table),
        kinds={
            "excel" if any(isinstance(contract, WorkbookContract) for contract in contracts) else "csv",
            "form",
        },
        owners=["team:数据管理员"],
        description="\n\n".join(
            [f"{_title(contracts)}：填报单位报来的表", *reporting_terms(contracts, references)]
        ),
        metadata={
            "contracts": "、".join(
                f"county/contracts/{contract.name}.toml"
                if (references.folder / "contracts" / f"{contract.name}.toml").exists()
                else f"sources/county/contracts/{contract.name}.toml"
                for contract in contracts
            ),
            "fields": dg.MetadataValue.url(dictionary_address(_fact(references.catalogue, table))),
            "blank_form": "xiangcang templates 空白表",
        },
        freshness_policy=freshness(contracts),
    )


def _fact(catalogue: Catalogue, table: str) -> str:
    """Find the fact that the rows of a form end in: the data dictionary describes its columns there."""
    return next(
        model
        for model, relations in dependencies(catalogue).items()
        if model.startswith("fact_") and f"staged_{table}" in relations
    )


def _contracts(table: str, references: References) -> list[Contract]:
    return [contract for contract in references.contracts.values() if contract.table == table]


def _title(contracts: list[Contract]) -> str:
    return "、".join(dict.fromkeys(contract.title[0] for contract in contracts))
