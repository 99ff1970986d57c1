"""The bulletin's text as a Word document for the office that edits it; its tables are in the Excel workbook.

Typefaces, sizes and margins are those of Chinese official documents (GB/T 9704): 仿宋 of 16 points, 28 points a line.
"""

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from warehouse.reports.bulletin.content import Bulletin
from warehouse.reports.bulletin.prose import Paragraph

_LATIN = "Times New Roman"
_INK, _DEEP, _SOFT = RGBColor(0, 0, 0), RGBColor(0x9D, 0x2A, 0x22), RGBColor(0x5D, 0x5D, 0x5D)
_STYLES = {
    "Normal": ("仿宋", 16, _INK),
    "Body Text": ("仿宋", 16, _INK),
    "Title": ("宋体", 22, _INK),
    "Heading 1": ("黑体", 16, _INK),
    "Subtitle": ("楷体", 12, _SOFT),
    "Caption": ("楷体", 12, _SOFT),
    "Header": ("楷体", 10.5, _DEEP),
    "Footer": ("宋体", 10.5, _INK),
}
"""Styles of the template that are used: the Chinese typeface, points, colour."""


def to_word(bulletin: Bulletin) -> bytes:
    """Write the document: the same bytes for the same bulletin."""
    document = Document()
    _set_up(document, bulletin)
    document.add_paragraph(bulletin.title, "Title")
    document.add_paragraph(f"{_edition(bulletin)}　截止 {bulletin.cut_off}", "Subtitle")
    if bulletin.version.is_synthetic:
        document.add_paragraph(
            f"数字由示例生成器产生，不是{bulletin.district}的实际情况，不得引用", "Subtitle"
        )
    _add_paragraphs(document, bulletin.prose.opening)
    for chapter in bulletin.prose.chapters:
        document.add_paragraph(_printable(chapter.name), "Heading 1")
        _add_paragraphs(document, chapter.paragraphs)
        if chapter.unreported_words:
            document.add_paragraph(_printable(chapter.unreported_words), "Caption")
    document.add_paragraph(bulletin.closing, "Caption")
    out = BytesIO()
    document.save(out)
    return _with_fixed_times(out.getvalue())


def _add_paragraphs(document: WordDocument, paragraphs: Iterable[Paragraph]) -> None:
    for parts in paragraphs:
        text = "".join(part if isinstance(part, str) else part.text for part in parts)
        document.add_paragraph(_printable(text), "Body Text")


def _set_up(document: WordDocument, bulletin: Bulletin) -> None:
    """Make the template's page, styles and properties those of a Chinese official document."""
    for name, (typeface, points, colour) in _STYLES.items():
        _set_style(document.styles[name], typeface, points, colour)
    _set_body(document.styles["Body Text"])
    for name in ("Title", "Subtitle", "Heading 1"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(
        qn("w:eastAsia"), "zh-CN"
    )  # not w:val, by whose rules digits would break at the end of a line
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header.paragraphs[0].text = _edition(bulletin)
    _add_page_number(section.footer.paragraphs[0])
    _set_properties(document, bulletin)


def _set_style(style: ParagraphStyle, typeface: str, points: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(points), colour
    style.font.italic = False
    style.font.bold = style.name == "Title"
    style.font.all_caps = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[attribute]  # a typeface of the theme would go before the style's own
    fonts.set(qn("w:eastAsia"), typeface)
    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0 if style.name in ("Normal", "Body Text") else 6)
    if style.name in ("Title", "Heading 1", "Subtitle", "Caption"):
        spacing.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _set_body(style: ParagraphStyle) -> None:
    """Set running text: justified, the first line two characters in, whatever their size."""
    layout = style.paragraph_format
    layout.alignment, layout.line_spacing, layout.first_line_indent = (
        WD_ALIGN_PARAGRAPH.JUSTIFY,
        Pt(28),
        Pt(32),
    )
    style.element.find(f".//{qn('w:ind')}").set(qn("w:firstLineChars"), "200")


def _add_page_number(paragraph: WordParagraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph.paragraph_format.element.append(field)


def _set_properties(document: WordDocument, bulletin: Bulletin) -> None:
    """Put what the bulletin is in the place of the template's author, remark, dates and picture."""
    published_at = datetime.fromisoformat(bulletin.version.published_at).astimezone(UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.language = _printable(bulletin.title), "zh-CN"
    properties.author = properties.last_modified_by = _printable(bulletin.district)
    properties.comments = _edition(bulletin)
    properties.created = properties.modified = published_at
    relations: dict[str, Any] = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _edition(bulletin: Bulletin) -> str:
    return f"{bulletin.version.data_label}　版本 {bulletin.version.version}"


def _printable(text: str) -> str:
    """Leave out control characters, which no document of Word can hold."""
    return "".join(letter for letter in text if letter >= " ")


def _with_fixed_times(data: bytes) -> bytes:
    """Write the parts of a document anew without the time of writing."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(part, parts.read(name))
    return out.getvalue()
