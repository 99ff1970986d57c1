"""The fenced blocks of the documents, and which of them are tried: what a page has from the other language is tried there."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(?P<kind>.*)\n(?P<text>(?:.*\n)*?)^```$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One fenced block: where it stands, its info string and its text."""

    document: str
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def blocks_of(document: Path) -> list[Block]:
    """The blocks of a document, in their order."""
    text = document.read_text("utf-8")
    name = document.relative_to(ROOT).as_posix()
    return [
        Block(name, text.count("\n", 0, fence.start()) + 1, fence["kind"], fence["text"])
        for fence in FENCE.finditer(text)
    ]


def english_of(document: Path) -> Path:
    """The English page of one in Chinese; of any other the page itself."""
    return document.with_name(document.name.replace(".zh-CN.md", ".md"))


def blocks_to_try() -> list[Block]:
    """The blocks of all documents, without those of a Chinese page that its English page has too."""
    blocks = []
    for document in DOCUMENTS:
        english = english_of(document)
        tried = {(block.kind, block.text) for block in blocks_of(english)} if english != document else set()
        blocks += [block for block in blocks_of(document) if (block.kind, block.text) not in tried]
    return blocks
