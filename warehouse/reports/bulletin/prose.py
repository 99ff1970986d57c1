"""The running text of a bulletin: a county's own paragraphs with figures in their places, else sentences of the program's.

Put here: which sentences there are. Keep out: how a figure is worded (`sentences.py`), how text is laid out (`html.py`,
`word.py`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from warehouse.reports.bulletin.county_text import CountyParagraph, CountyText, FigureSlot, Sentence
from warehouse.reports.bulletin.lines import BulletinLine
from warehouse.reports.bulletin.sentences import doubt_words, growth_words, name_words, value_words


@dataclass(frozen=True)
class WrittenFigure:
    """The value of a line, as running text has it."""

    text: str
    line: BulletinLine


Paragraph = tuple[str | WrittenFigure, ...]


@dataclass(frozen=True)
class ChapterProse:
    """The text of a chapter. unreported: names of the figures that it should give and that nobody reported."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    unreported: tuple[str, ...]

    @property
    def unreported_words(self) -> str:
        """What the chapter ends with: 本年没有报送：…; empty where all was reported."""
        return f"本年没有报送、未写入正文的数：{'、'.join(self.unreported)}。" if self.unreported else ""


@dataclass(frozen=True)
class Prose:
    """The text of a bulletin: an opening, then chapters."""

    opening: tuple[Paragraph, ...]
    chapters: tuple[ChapterProse, ...]


@dataclass(frozen=True)
class Material:
    """What a text is written of.

    chapters: their lines, in order. cards: what the opening is of where the county has none. expected: by chapter, the
    codes of figures that the year before had. names: of all published indicators. words: for each of WORDS.
    """

    chapters: Mapping[str, Sequence[BulletinLine]]
    cards: Sequence[BulletinLine]
    expected: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    words: Mapping[str, str]

    @cached_property
    def lines(self) -> dict[str, BulletinLine]:
        """Lines with a value by their codes, on the newest list where there are several."""
        return {
            line.code: line for lines in self.chapters.values() for line in lines if line.value is not None
        }


def write_prose(material: Material, text: CountyText | None) -> Prose:
    """Write the text of all chapters.

    What the county's text does not mention follows in the program's own sentences, as all does where it has none. A
    sentence of which a figure is missing is left out, and the figure is listed at the end of its chapter.
    """
    own = text or CountyText()
    opening = tuple(_fill(own.opening, material)) or tuple(_opening(material))
    return Prose(opening, tuple(_chapter(name, own, material) for name in material.chapters))


def _chapter(name: str, text: CountyText, material: Material) -> ChapterProse:
    """Write a chapter: the county's paragraphs, then a paragraph for each form with what they do not mention."""
    own = text.chapters.get(name, ())
    mentioned = _codes(text.chapters.values())
    left = [line for line in material.chapters[name] if line.code not in mentioned]
    should_be = [*_codes([own]), *(line.code for line in left)]
    should_be += [code for code in material.expected.get(name, ()) if code not in mentioned]
    names = {**text.names, **material.names}
    return ChapterProse(
        name,
        (*_fill(own, material), *_default(left)),
        tuple(names[code] for code in dict.fromkeys(should_be) if code not in material.lines),
    )


def _fill(paragraphs: Iterable[CountyParagraph], material: Material) -> Iterator[Paragraph]:
    """Put figures into a county's paragraphs, without the sentences of which one is missing."""
    for sentences in paragraphs:
        kept = [
            sentence for sentence in sentences if _codes([((sentence,),)]).keys() <= material.lines.keys()
        ]
        if kept:
            yield _closed(part for sentence in kept for part in _filled(sentence, material))


def _filled(sentence: Sentence, material: Material) -> Iterator[str | WrittenFigure]:
    for part in sentence:
        if isinstance(part, FigureSlot):
            yield from _written(material.lines[part.code], part.growth)
        else:
            yield _with_words(part, material.words)


def _with_words(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def _default(lines: Sequence[BulletinLine]) -> Iterator[Paragraph]:
    """Write the program's own sentences of lines, a paragraph for each form that they come from."""
    by_form: dict[str, list[BulletinLine]] = {}
    for line in lines:
        if line.value is not None:
            by_form.setdefault(line.form, []).append(line)
    return (_joined(f"据{form}，", of_form) for form, of_form in by_form.items())


def _opening(material: Material) -> Iterator[Paragraph]:
    if known := [line for line in material.cards if line.value is not None]:
        yield _joined(f"{material.words['年']}年，{material.words['区县']}", known)


def _joined(beginning: str, lines: Sequence[BulletinLine]) -> Paragraph:
    """Join the program's own sentences of some lines into a paragraph."""
    parts: list[str | WrittenFigure] = [beginning]
    for line in lines:
        parts += [name_words(line), *_written(line, ("，", "")), "；"]
    return _closed(parts)


def _written(line: BulletinLine, growth: tuple[str, str] | None) -> Iterator[str | WrittenFigure]:
    """Write a figure, with its change between the two texts of `growth`, and what of it is not final."""
    if line.value is None:
        return
    yield WrittenFigure(value_words(line, line.value), line)
    change = growth_words(line) if growth else ""
    doubt = doubt_words(line, with_growth=bool(change))
    before, after = growth if growth and change else ("", "")
    if after and doubt:
        yield f"{before}{change}，{doubt}{after}"
    else:
        yield f"{before}{change}{after}" + (f"（{doubt}）" if doubt else "")


def _closed(parts: Iterable[str | WrittenFigure]) -> Paragraph:
    """End a paragraph with a full stop, whatever sentence is its last."""
    paragraph = [part for part in parts if part != ""]
    last = paragraph[-1]
    if isinstance(last, str) and last.endswith("；"):
        paragraph[-1] = last[:-1] + "。"
    return tuple(paragraph)


def _codes(texts: Iterable[Iterable[CountyParagraph]]) -> dict[str, None]:
    """Return the codes of the figures that some paragraphs mention, in their order."""
    sentences = (sentence for text in texts for paragraph in text for sentence in paragraph)
    return {part.code: None for sentence in sentences for part in sentence if isinstance(part, FigureSlot)}
