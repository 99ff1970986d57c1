"""Files of the blank forms of every contract, one folder per reporter, as in the inbox."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sources.county.contract import Contract, WorkbookContract
from sources.county.lists.reporters import Reporter
from sources.county.references import References
from sources.templates.plan import plan
from sources.templates.text import header_line, write_guide
from sources.templates.workbook import write_template


def write_templates(folder: Path, references: References, on: date) -> Iterator[Path]:
    """Write a file for every form and reporter who sends it on a day; yields each path once it is written."""
    for reporter in references.reporters:
        if not reporter.is_valid_on(on):
            continue
        for contract in references.contracts.values():
            if contract.expects(reporter.kind, reporter.code):
                for name, data in _files(contract, reporter, references, on):
                    path = folder / reporter.folder / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
                    yield path


def _files(
    contract: Contract, reporter: Reporter, references: References, on: date
) -> Iterator[tuple[str, bytes]]:
    title = contract.title[0]
    if isinstance(contract, WorkbookContract):
        template = plan(contract, reporter, references, on)
        yield f"{title}.xlsx", write_template(template, references.tables[contract.table])
        return
    yield f"{title}字段说明.xlsx", write_guide(contract, references)
    if contract.text.header:
        yield f"{title}.csv", header_line(contract, references.columns_to_fill(contract.table))
