"""The bulletin's text as a Word document, read back."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from warehouse.reports.bulletin.content import Bulletin
from warehouse.reports.bulletin.prose import Prose
from warehouse.reports.bulletin.word import to_word


def all_text(document: WordDocument) -> str:
    shown = (*document.sections[0].header.paragraphs, *document.paragraphs)
    return "\n".join((*(p.text for p in shown), document.core_properties.comments))


@pytest.fixture
def document(bulletin: Bulletin) -> WordDocument:
    return Document(BytesIO(to_word(bulletin)))


def paragraphs(document: WordDocument, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def test_it_has_the_text_of_the_page_by_chapter(bulletin: Bulletin, document: WordDocument) -> None:
    assert paragraphs(document, "Title") == ["云冈区2022年乡村振兴公报"]
    assert paragraphs(document, "Heading 1") == ["党建与治理", "特优农业", "乡村建设"]
    assert paragraphs(document, "Body Text")[2] == (
        "据农产品加工企业统计表，农产品加工销售收入11.95亿元，比上年增长19.5%（不完整）。"
    )
    assert paragraphs(document, "Caption") == [bulletin.closing]


def test_what_was_not_reported_is_listed_below_its_chapter(bulletin: Bulletin) -> None:
    party = replace(bulletin.prose.chapters[0], unreported=("网格员",))
    prose = Prose(bulletin.prose.opening, (party,))
    listed = paragraphs(Document(BytesIO(to_word(replace(bulletin, prose=prose)))), "Caption")
    assert listed[0] == "本年没有报送、未写入正文的数：网格员。"


@pytest.mark.parametrize(
    ("style", "typeface"), [("Body Text", "仿宋"), ("Heading 1", "黑体"), ("Title", "宋体")]
)
def test_chinese_has_typefaces_of_its_own(document: WordDocument, style: str, typeface: str) -> None:
    fonts = document.styles[style].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == typeface
    assert [name for name in fonts.attrib if "Theme" in name] == []


def test_its_language_is_chinese_and_its_page_a4(document: WordDocument) -> None:
    (language,) = document.styles.element.findall(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height) if side] == [210, 297]


def test_author_and_dates_are_the_bulletins_not_the_templates(document: WordDocument) -> None:
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by) == ("云冈区", "云冈区")
    assert properties.comments == "合成示例数据　版本 v000003"
    assert {properties.created, properties.modified} == {datetime(2023, 1, 31, 17, 41, tzinfo=UTC)}


def test_real_data_are_not_called_synthetic(real_bulletin: Bulletin, document: WordDocument) -> None:
    assert "合成示例数据" in all_text(document)
    assert "合成" not in all_text(Document(BytesIO(to_word(real_bulletin))))


def test_a_control_character_does_not_keep_it_from_being_written(bulletin: Bulletin) -> None:
    named = replace(bulletin.prose.chapters[0], name="党建\x07与治理")
    hostile = replace(bulletin, prose=Prose((), (named,)))
    assert paragraphs(Document(BytesIO(to_word(hostile))), "Heading 1") == ["党建与治理"]


def test_the_same_bulletin_is_the_same_document(bulletin: Bulletin) -> None:
    assert to_word(bulletin) == to_word(bulletin)
