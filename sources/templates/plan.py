"""Plans of blank forms: their sheets, and what stands over and under the table."""

from collections.abc import Iterator
from datetime import date

from sources.county.contract import WorkbookContract
from sources.county.contract_layout import TemplateTerms
from sources.county.lists.reporters import Reporter
from sources.county.references import References
from sources.templates.across import lay_across
from sources.templates.choices import choices, columns_of
from sources.templates.down import lay_down
from sources.templates.headings import REQUIRED
from sources.templates.page import Area, EntryArea, Page, Template

_SIGNATURES = {
    "单位负责人": "　" * 8,
    "统计负责人": "　" * 8,
    "填表人": "　" * 8,
    "报出日期": "　　　　年　　月　　日",
}
_LONGEST_SHEET_NAME = 31


def plan(contract: WorkbookContract, reporter: Reporter, references: References, on: date) -> Template:
    """Plan the blank form of a contract for a reporter, with the places of a day."""
    columns = columns_of(contract, references.columns_to_fill(contract.table))
    texts = {c.name: choices(c, contract, reporter, references.places, on) for c in columns}
    template = Template(
        contract, reporter, columns, {name: options for name, options in texts.items() if options}, []
    )
    for name, given in _plan_sheets(template):
        page = Page(name)
        template.pages.append(page)
        lay = lay_across if template.layout.shape == "rows" else lay_down
        _lay_signatures(template, page, lay(template, page, _lay_head(template, page, given)))
        page.put(contract.title[0], Area(0, 0, 0, page.width - 1), "title")
    return template


def _plan_sheets(template: Template) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each sheet's name and the texts of its lines by field.

    One sheet per village where a line names the village that it is about.
    """
    layout = template.layout
    by = next((c.name for c in template.columns if c.name in layout.lines and c.place == "village"), "")
    if by in template.choices:
        for village in template.choices[by]:
            yield village, {by: village}
    else:
        yield (layout.sheet or template.contract.title)[0][:_LONGEST_SHEET_NAME], {}


def _lay_head(template: Template, page: Page, given: dict[str, str]) -> int:
    """Lay out reporter, period and other lines below the title's row; return the row after them."""
    layout, row = template.layout, 1
    if official := _describe_official(template.contract.template):
        page.put(official, Area(row, 0, row, 0), "line")
        row += 1
    if layout.reporter_line:
        page.put(f"{layout.reporter_line[0]}：{template.reporter.name}", Area(row, 0, row, 1), "line")
        page.put(f"标 {REQUIRED} 的必填", Area(row, 2, row, 2), "line")
        row += 1
    if layout.period_line:
        page.put(f"{layout.period_line[0]}：", Area(row, 0, row, 0), "line")
    page.period = (row, 1)
    row += 1
    for column in template.columns:
        if column.name in layout.lines:
            given_texts = (given[column.name],) if column.name in given else ()
            page.put(f"{layout.lines[column.name][0]}：", Area(row, 0, row, 0), "line", column.name)
            page.entries.append(EntryArea(column, Area(row, 1, row, 1), given_texts))
            row += 1
    return row


def _describe_official(terms: TemplateTerms) -> str:
    """Say what the form is officially: its number, who has made it, until when it holds; empty where nobody says."""
    texts = {"表号": terms.number, "制定机关": terms.issued_by, "有效期至": terms.valid_until}
    return "　　".join(f"{label}：{text}" for label, text in texts.items() if text)


def _lay_signatures(template: Template, page: Page, row: int) -> None:
    wanted = [f"{label}：{space}" for label, space in _SIGNATURES.items() if label in template.layout.footer]
    page.put("".join(wanted), Area(row, 0, row, page.width - 1), "signature")
