"""A county as its steward reads it: what it says beside the program's stock."""

from collections.abc import Iterator

from schemas.catalogue import read_stock
from schemas.thresholds import THRESHOLDS
from schemas.watched import WATCHED
from sources.county.contract_files import read_contracts
from sources.county.county_contracts import STOCK
from sources.county.references import References


def describe_county(references: References) -> Iterator[str]:
    """Yield lines: whose folder it is, and what of the stock it changes or adds. A folder that is read is sound."""
    county, stock = references.county, read_contracts(STOCK)
    yield f"{county.name}（{county.code}）：资料无误；名录 {'、'.join(sorted(county.lists))}"
    for name, contract in sorted(references.contracts.items()):
        if name not in stock:
            yield f"自有的表 {contract.title[0]}（{name}）"
        elif changed := _changed(stock[name].model_dump(), contract.model_dump()):
            yield f"改 {contract.title[0]}（{name}）：{'、'.join(changed)}"
    for name in sorted(stock.keys() - references.contracts.keys()):
        yield f"不用 {stock[name].title[0]}（{name}）：没有填报单位"
    declared = read_stock().indicators
    own = [code for code, indicator in references.catalogue.indicators.items() if code not in declared]
    if own:
        yield f"自有的指标：{'、'.join(own)}"
    for path in (THRESHOLDS, WATCHED):
        if (references.folder / path.name).exists():
            yield f"改 {path.name}"


def _changed(stock: dict[str, object], own: dict[str, object]) -> list[str]:
    return [key for key, value in own.items() if value != stock.get(key)]
