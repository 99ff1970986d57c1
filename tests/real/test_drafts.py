"""Drafts of every data sheet of public statistical workbooks, against answers of their own.

The answers are the cells of the sheets' header rows and row of units, which were chosen sheet by sheet by eye, with the type
that each unit has; no code of drafts had a part in them. English names are not among them.

An answer is a column (its letter), a row of totals or comparisons, or an indicator of a form that runs down (its number);
where tables stand one below the other, the letter is followed by the number of the header's first row.
"""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sources.drafting.forms import DraftedForm, draft_workbook
from sources.reading.cells import cell_address
from sources.reading.worker import Reader
from sources.text.squeeze import squeeze
from tests.district import REFERENCES

pytestmark = pytest.mark.real

ANSWERS = Path(__file__).with_name("drafts") / "township_annual_2016.csv"
KINDS = {"place": "地名", "ignored": "行号", "change": "增减", "data": "数据"}
Key = tuple[str, str, str]


@dataclass
class Printed:
    """What a draft has for one answer. doubts: what of it is marked as unsure."""

    heading: str
    unit: str
    type: str
    kind: str
    doubts: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def answers() -> dict[Key, Printed]:
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        return {
            (line["file"], line["sheet"], line["place"]): Printed(
                line["heading"], line["unit"], line["type"], line["kind"]
            )
            for line in csv.DictReader(file)
        }


@pytest.fixture(scope="module")
def drafted(real_folder: Path) -> dict[Key, Printed]:
    references, drafted = REFERENCES, dict[Key, Printed]()
    with Reader() as reader:
        for path in sorted((real_folder / "township_annual_2016").iterdir()):
            forms = draft_workbook(reader.read_file(path), references)
            for form in forms:
                places = [f.sheet.name for f in forms].count(form.sheet.name) > 1
                for place, printed in parts_of(form, numbered=places).items():
                    drafted[path.name, form.sheet.name, place] = printed
    return drafted


def parts_of(form: DraftedForm, *, numbered: bool) -> dict[str, Printed]:
    parts = {}
    for part in form.fields:
        column = part.column
        if part.role == "shared" or part.name == "value_kind":
            continue
        letter = cell_address(0, column.at)[:-1] if form.shape == "rows" else str(column.at + 1)
        place = f"{letter}{form.table.top + 1}" if numbered else letter
        type_ = part.type if part.is_read else ""
        kind = "指标" if form.shape == "form" else KINDS[part.role]
        parts[place] = Printed("/".join(column.path), column.unit or "", type_, kind, set(column.doubts))
    return parts | rows_of(form) | values_of(form)


def rows_of(form: DraftedForm) -> dict[str, Printed]:
    rows = {}
    for row in (*form.rows.totals, *form.rows.memos):
        labels = [squeeze(text) for text in form.sheet.text[row][:2]]
        label = next(text for text in reversed(labels) if text and not re.fullmatch(r"-?[\d.]+", text))
        is_prior, is_total = label.startswith("上年"), row in form.rows.totals
        rows[str(row + 1)] = Printed(label, "", "", "合计" if is_total else "上年" if is_prior else "增减")
    return rows


def values_of(form: DraftedForm) -> dict[str, Printed]:
    """The columns of values of a form whose indicators run down: they hold what the indicators are."""
    if form.down is None:
        return {}
    units = {(part.column.unit, part.type) for part in form.fields if part.name != "value_kind"}
    [(unit, type_)] = units
    return {
        cell_address(0, at)[:-1]: Printed(form.down.headings[at], unit or "", type_, "数据")
        for at in form.down.values
    }


def test_nearly_all_columns_are_right_and_every_other_is_marked(
    answers: dict[Key, Printed], drafted: dict[Key, Printed]
) -> None:
    wrong: dict[Key, list[str]] = defaultdict(list)
    unmarked = []
    for key, answer in answers.items():
        printed = drafted.get(key)
        if printed is None:
            unmarked.append((key, "missing"))
            wrong[key].append("missing")
            continue
        for part in ("heading", "unit", "type", "kind"):
            if getattr(printed, part) != getattr(answer, part):
                wrong[key].append(part)
                if not printed.doubts:
                    unmarked.append((key, part))

    assert unmarked == []
    assert 1 - len(wrong) / len(answers) >= 0.95


def test_no_unit_is_wrong_and_unmarked(answers: dict[Key, Printed], drafted: dict[Key, Printed]) -> None:
    wrong = [key for key, answer in answers.items() if key in drafted and drafted[key].unit != answer.unit]
    assert [key for key in wrong if "unit" not in drafted[key].doubts] == []


def test_no_column_is_drafted_that_is_not_printed(
    answers: dict[Key, Printed], drafted: dict[Key, Printed]
) -> None:
    of_answers = {(file, sheet) for file, sheet, _ in answers}
    assert {(file, sheet) for file, sheet, _ in drafted} == of_answers
    assert sorted(drafted.keys() - answers.keys()) == []
