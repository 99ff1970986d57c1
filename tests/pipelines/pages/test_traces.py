"""The trace pages of the sample district: from a figure to its cells, each file read once, nothing personal shown."""

import shutil
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html as lxml_html

from pipelines.pages import traces
from pipelines.pages.traces import (
    ALTERED,
    NOT_KEPT,
    PERSONAL,
    read_excerpts,
    read_trace_pages,
    write_trace_pages,
)
from sources.county.contract import contract_of
from sources.county.references import read_references
from sources.home.folders import Home
from sources.text.personal import has_personal_number
from tests.district import CATALOGUE
from warehouse.database.query import query
from warehouse.database.store import Store
from warehouse.figures.traced_year import CountedDelivery, CountedRow, read_counted_terms
from warehouse.reports.traces.address import trace_address
from warehouse.reports.traces.content import Excerpt, ExcerptLine, TracePage

SALES = "agri_processing_sales_revenue"


@pytest.fixture(scope="module")
def pages(sample_home: Path) -> dict[str, TracePage]:
    return {page.figure.indicator_code: page for page in read_trace_pages(sample_home, 2022)}


def excerpts(pages: dict[str, TracePage], code: str) -> list[Excerpt]:
    return [excerpt for term in pages[code].terms for excerpt in term.excerpts]


def test_every_figure_of_the_years_bulletin_has_a_page_at_its_address(
    pages: dict[str, TracePage], sample_home: Path
) -> None:
    published = query(
        Store(sample_home),
        "select indicator_code from mart_figure where period = '2022' and division_level = 'county'",
    )["indicator_code"]
    assert {page.address for page in pages.values()} == {trace_address(2022, code) for code in published}
    assert all(page.address.isascii() for page in pages.values())


def test_the_deliveries_of_a_sum_give_the_figure(pages: dict[str, TracePage]) -> None:
    (term,) = pages[SALES].terms
    amounts = [Decimal(amount.replace(",", "")) for *_, amount in term.deliveries]
    assert sum(amounts) == pages[SALES].figure.value == Decimal(term.amount.replace(",", ""))


def test_the_rows_that_are_shown_and_those_left_out_are_all(pages: dict[str, TracePage]) -> None:
    (term,) = pages[SALES].terms
    shown = sum(bool(line.counted) for excerpt in term.excerpts for line in excerpt.lines)
    assert (shown, term.rows_left_out, term.row_count) == (12, 34, 46)


def test_each_counted_cell_stands_under_the_heading_of_its_file(pages: dict[str, TracePage]) -> None:
    for excerpt in excerpts(pages, SALES):
        position = next(iter(next(line.counted for line in excerpt.lines if line.counted)))
        assert "销售收入" in excerpt.headings[position]
        assert all(line.amount for line in excerpt.lines if line.counted)


def test_of_a_form_of_persons_only_the_addresses_are_given(pages: dict[str, TracePage]) -> None:
    personal = excerpts(pages, "farmer_loan_disbursed_cum")
    assert {excerpt.note for excerpt in personal} == {PERSONAL}
    assert all(not excerpt.lines and excerpt.cells for excerpt in personal)
    assert {line[-1] for term in pages["farmer_loan_disbursed_cum"].terms for line in term.deliveries} == {""}


def test_no_page_shows_what_is_personal(pages: dict[str, TracePage]) -> None:
    shown = [excerpt for code in pages for excerpt in excerpts(pages, code)]
    texts = [text for excerpt in shown for line in excerpt.lines for text in (*line.texts, line.parsed)]
    headings = {heading for excerpt in shown for heading in excerpt.headings}
    assert not [text for text in texts if has_personal_number(text)]
    assert not [
        h for h in headings if any(word in h for word in ("负责人", "联系", "电话", "姓名", "身份证"))
    ]


def test_a_figure_of_the_division_list_leads_to_its_lines(pages: dict[str, TracePage]) -> None:
    (excerpt,) = excerpts(pages, "admin_village_count")
    assert (excerpt.file, excerpt.headings[0]) == ("division.csv", "division_code")
    assert {line.texts[3] for line in excerpt.lines} == {"village"}


def test_a_year_is_written_whole_in_place_of_what_stood_there(
    pages: dict[str, TracePage], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(traces, "read_trace_pages", lambda _root, _year: [pages[SALES]])
    gone = tmp_path / "trace" / "2022" / "gone.html"
    gone.parent.mkdir(parents=True)
    gone.touch()

    (written,) = write_trace_pages(tmp_path, 2022, tmp_path)

    assert written == tmp_path / trace_address(2022, SALES)
    assert [path.name for path in gone.parent.parent.rglob("*")] == ["2022", written.name]
    document = lxml_html.fromstring(written.read_text("utf-8"))
    assert document.xpath("//p[@class='value']")[0].text_content().startswith("11.95亿元")
    assert document.xpath("//a/@href") == [f"../../公报2022.html#figure-{SALES}"]
    assert len(document.xpath("//td[@class='counted']")) == 12
    assert f"xiangcang trace {SALES} -p 2022 --rows 46" in document.text_content()


@pytest.mark.parametrize(("damage", "note"), [("altered", ALTERED), ("gone", NOT_KEPT)])
def test_a_page_says_why_a_file_is_not_shown(
    damage: str, note: str, small_home: Path, tmp_path: Path
) -> None:
    store = Store(small_home)
    division = query(store, "select division_code from dim_division where level = 'county'")["division_code"][
        0
    ]
    terms = read_counted_terms(lambda sql, values: query(store, sql, values), "2022", division, 1)
    delivery: CountedDelivery = next(
        d for of_figure in terms.values() for t in of_figure for d in t.deliveries
        if d.contract and d.staged_table not in CATALOGUE.personal_tables
    )  # fmt: skip
    row: CountedRow = delivery.first_rows[0]
    home = Home(tmp_path)
    shutil.copytree(small_home / "county", home.county)
    home.archive.mkdir()
    if damage == "altered":
        (home.archive / delivery.file_sha256).write_bytes(b"another file")

    (excerpt,) = read_excerpts(
        home, read_references(home.county), [traces.ShownRows(delivery, row.sheet_name, (row,))]
    )

    assert (excerpt.note, excerpt.cells, excerpt.lines) == (note, (row.cell,), ())


def test_of_a_text_file_only_the_columns_that_are_read_are_shown(small_home: Path, tmp_path: Path) -> None:
    home = Home(tmp_path)
    shutil.copytree(small_home / "county", home.county)
    home.archive.mkdir()
    data = "车牌,村,司机,座位\n晋B00001,高山村,张三,30\n晋B00002,云冈村,李四,20\n".encode()
    digest = sha256(data).hexdigest()
    (home.archive / digest).write_bytes(data)
    contract = contract_of(
        {
            "name": "bus_vehicle.text", "table": "bus_vehicle", "title": ["车辆清单"], "reporters": ["bureau"],
            "cadence": "year", "due_days": 31, "columns": {"vehicle_code": ["车牌"]},
            "text": {"delimiter": ",", "header": True},
        }
    )  # fmt: skip
    references = replace(read_references(home.county), contracts={contract.name: contract})
    row = CountedRow("", 3, "seats", "D3", "20", Decimal(20), is_corrected=False, unit_scale=Decimal(1))
    delivery = CountedDelivery(
        "d", "交通局", "车辆清单", "2022", "车辆.csv", digest, contract.name, "bus_vehicle", 1, Decimal(20), (row,),
        columns=("A", "B", "D"),
    )  # fmt: skip

    (excerpt,) = read_excerpts(home, references, [traces.ShownRows(delivery, "", (row,))])

    assert (excerpt.letters, excerpt.headings) == (("A", "B", "D"), ("车牌", "村", "座位"))
    assert excerpt.lines == (ExcerptLine(3, ("晋B00002", "云冈村", "20"), frozenset({2}), "20", "20"),)
