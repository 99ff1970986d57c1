"""What a bank's system must write: the guide to a text file's fields, and its header line."""

import codecs
import csv
import io

import pytest
from openpyxl import load_workbook

from sources.templates.text import header_line, pattern_in_words, with_groups, write_guide
from sources.text.squeeze import squeeze
from tests.sources.templates.filling import TEXT_FORMS
from tests.sources.templates.template_values import Form

HEADED = [form for form in TEXT_FORMS if form.text_contract.text.header]


def guide(form: Form) -> tuple[list[str], list[tuple[str, ...]]]:
    """Its sentences, and a row a field."""
    (sheet,) = load_workbook(io.BytesIO(write_guide(form.text_contract, form.references)))
    lines = list(sheet.iter_rows(values_only=True))
    heading = next(at for at, line in enumerate(lines) if line[0] == "序号")
    return [line[0] for line in lines[:heading] if line[0]], lines[heading + 1 :]


@pytest.mark.parametrize("form", HEADED, ids=str)
def test_the_header_line_names_every_field_as_the_contract_knows_it(form: Form) -> None:
    data = header_line(form.text_contract, form.references.columns_to_fill(form.contract.table))
    assert data.startswith(codecs.BOM_UTF8)
    (names,) = csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=form.text_contract.text.delimiter)
    known = [form.contract.field_of_header.get(squeeze(name)) for name in names]
    assert {field for field in known if field} == set(form.contract.columns)
    others = {name for name, field in zip(names, known, strict=True) if not field}
    assert others == {form.text_contract.text.period_column, *form.contract.places.township[:1]} - {None}


@pytest.mark.parametrize("form", TEXT_FORMS, ids=str)
def test_the_guide_tells_of_every_field_in_its_order(form: Form) -> None:
    _, rows = guide(form)
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    fields = form.contract.field_of_header
    rows_by_field = {fields[squeeze(row[1])]: row for row in rows if squeeze(row[1]) in fields}
    for column in form.columns:
        _, _, meaning, must, unit, *_ = rows_by_field[column.name]
        assert meaning == f"{column.title}：{column.description}"
        assert (must, unit) == (
            "必填" if form.contract.needs(column) else "可不填", column.unit or "—",
        )  # fmt: skip
    if form.text_contract.text.fields:
        text = form.text_contract.text
        assert [row[1] for row in rows] == [*text.fields, *text.agreed_fields]


@pytest.mark.parametrize("form", TEXT_FORMS, ids=str)
def test_the_guide_tells_each_code_and_what_it_stands_for(form: Form) -> None:
    codes_by_name = {row[1]: row[-1] for row in guide(form)[1]}
    for field, stands_for in form.contract.values.items():
        name = next(
            name for name in codes_by_name if form.contract.field_of_header.get(squeeze(name)) == field
        )
        for code, meant in stands_for.items():
            assert (f"其余文字归入“{meant}”" if code == "*" else f"{code} = {meant}") in codes_by_name[name]


def test_the_guide_tells_how_a_ledger_is_written() -> None:
    (ledger,) = [form for form in TEXT_FORMS if form.contract.name == "loan_note.rcb_ledger"]
    text = "".join(guide(ledger)[0])
    for words in ("以英文逗号分隔", "第一行是表头", "GB18030", "〈8 位日期〉", "合计笔数,〈行数〉"):
        assert words in text


def test_the_guide_is_the_same_every_time() -> None:
    form = TEXT_FORMS[0]
    first, second = (write_guide(form.text_contract, form.references) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"^[0-9A-Z]{18}_CLGRDK_(?P<date>\d{8})\.dat$", "〈18 位字母或数字〉_CLGRDK_〈日期〉.dat"),
        (r"(?P<date>\d{8})", "〈日期〉"),
        (r"^合计[,，](?P<rows>\d+)[,，](?P<amount_yuan>[\d.]+)", "合计,〈行数〉,〈金额〉"),
    ],
)
def test_a_pattern_in_words(pattern: str, words: str) -> None:
    assert (
        pattern_in_words(pattern, {"date": "〈日期〉", "rows": "〈行数〉", "amount_yuan": "〈金额〉"})
        == words
    )


def test_texts_stand_for_groups_as_they_are() -> None:
    assert with_groups(r"^(?P<date>\d{8})\.dat$", {"date": "1.5"}) == r"^1\.5\.dat$"
