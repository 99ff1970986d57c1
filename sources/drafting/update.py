"""A second file of a form against its contract: headings that are new or gone, units of measure that are others."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sources.county.references import References
from sources.drafting.fields import DraftedField
from sources.drafting.forms import DraftedForm
from sources.layout.column_name import bare_name, names_of
from sources.reading.cells import cell_address
from sources.text.squeeze import squeeze
from sources.text.unit import factor

_SECTION = re.compile(r'\[fields\."?([\w]+)"?\]')
_PRINTED = re.compile(r"unit = .*表上印“([^”]+)”")


@dataclass(frozen=True)
class AcceptedForm:
    """What a contract says of its columns.

    fields: by heading. units: by field; of a stock form's, any of the same dimension is read. stated: fields that no
    column fills.
    """

    titles: list[str]
    fields: dict[str, str]
    headings: dict[str, list[str]]
    ignored: frozenset[str]
    units: dict[str, str | None]
    is_stock: bool
    stated: frozenset[str]


def read_accepted(terms: Mapping[str, Any], text: str, references: References) -> AcceptedForm:
    """Read the terms of a contract, a county's own or a stock one; text: the file that they stand in."""
    headings = {field: list(map(squeeze, known)) for field, known in terms.get("columns", {}).items()}
    units: dict[str, str | None] = {}
    is_stock = terms.get("table") in references.tables
    if is_stock:
        units = {column.name: column.unit for column in references.columns_to_fill(terms["table"])}
    units |= {field: about.get("unit") for field, about in terms.get("fields", {}).items()}
    workbook = terms.get("workbook", {})
    ignored = [*terms.get("ignored_columns", {}), *terms.get("places", {}).get("township", [])]
    return AcceptedForm(
        titles=list(map(squeeze, terms.get("title", []))),
        fields={heading: field for field, known in headings.items() for heading in known},
        headings=headings,
        ignored=frozenset(map(squeeze, ignored)),
        units=units | _printed_units(text),
        is_stock=is_stock,
        stated=frozenset([*workbook.get("lines", {}), workbook.get("value_name", "")]),
    )


def _printed_units(text: str) -> dict[str, str | None]:
    """Read by field the unit of measure that a draft noted as printed."""
    units: dict[str, str | None] = {}
    section = ""
    for line in text.splitlines():
        if header := _SECTION.match(line.strip()):
            section = header[1]
        elif section and (printed := _PRINTED.match(line.strip())):
            units[section] = printed[1]
    return units


def choose_form(forms: list[DraftedForm], accepted: AcceptedForm) -> DraftedForm | None:
    """Choose the table of a file that a contract is of: by title, else by the headings it knows; None for none."""
    titled = [
        form
        for form in forms
        if any(title in text for title in accepted.titles for text in form.table.titles)
    ]
    candidates = titled or forms
    known = [sum(_field_of(part, accepted) is not None for part in form.fields) for form in candidates]
    if not candidates or (not titled and max(known) == 0):
        return None
    return candidates[known.index(max(known))]


def differences(form: DraftedForm, accepted: AcceptedForm) -> Iterator[str]:
    """Yield in words what of a form is other than its contract says."""
    present: set[str] = set()
    for part in form.fields:
        if part.role == "shared" or not part.column.path or not part.headings:
            continue
        field = _field_of(part, accepted)
        if field is not None:
            present.add(field)
            yield from _compare_units(part, field, accepted)
        elif not (accepted.ignored & _names(part) or "*" in accepted.ignored or part.role == "ignored"):
            heading = "个人信息栏" if part.role == "personal" else part.column.heading
            yield f"新的表头：{_where(form, part)}“{heading}”，约定里没有"
    for field, headings in accepted.headings.items():
        if field not in present and field not in accepted.stated and headings != [""]:
            yield f"没有了的表头：“{'”或“'.join(headings)}”（{field}）"


def _where(form: DraftedForm, part: DraftedField) -> str:
    at = part.column.at
    return f"{cell_address(0, at)[:-1]} 列" if form.shape == "rows" else f"第 {at + 1} 行"


def _names(part: DraftedField) -> set[str]:
    """List all that a contract may know a column by."""
    column = part.column
    path = (*column.path, *filter(None, [column.unit]), *filter(None, [column.code]))
    names = {*names_of(column.path), *names_of(path), *part.headings, column.heading}
    names |= {name.lstrip("0") for name in names if name.isdigit()}
    return names | {bare_name(name) for name in names if name}


def _field_of(part: DraftedField, accepted: AcceptedForm) -> str | None:
    if not part.column.path:
        return None
    names = _names(part)
    by_code = part.column.code or ""
    specific = [by_code, by_code.lstrip("0"), *part.headings, *names_of(part.column.path), *sorted(names)]
    return next((accepted.fields[name] for name in specific if name in accepted.fields), None)


def _compare_units(part: DraftedField, field: str, accepted: AcceptedForm) -> Iterator[str]:
    known, printed = accepted.units.get(field), part.column.unit
    if known is None or printed is None or squeeze(known) == squeeze(printed):
        return
    scale = factor(printed, known)
    if scale == 1 or (scale is not None and accepted.is_stock):
        return
    yield f"单位不同：“{part.column.heading}”（{field}）约定为{known}，这份印的是{printed}"
