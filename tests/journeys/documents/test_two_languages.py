"""A page in Chinese is as full as the English one: the same sections, blocks, names and links, in other words."""

import re
from pathlib import Path

import pytest

from tests import ROOT
from tests.journeys.documents.blocks import DOCUMENTS, FENCE, Block, blocks_of, blocks_to_try, english_of

IN_CHINESE = [page for page in DOCUMENTS if english_of(page) != page]

page_in_chinese = pytest.mark.parametrize("page", IN_CHINESE, ids=lambda page: page.name)


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


@page_in_chinese
def test_blocks_are_those_of_the_english_page(page: Path) -> None:
    def tried(document: Path) -> list[tuple[str, str]]:
        return [(block.kind, "" if block.kind == "text" else block.text) for block in blocks_of(document)]

    assert tried(page) == tried(english_of(page))


@page_in_chinese
def test_headings_and_rows_of_tables_are_as_many(page: Path) -> None:
    def outline(document: Path) -> list[str]:
        return re.findall(r"^(?:#+ |\|)", prose(document), re.MULTILINE)

    assert outline(page) == outline(english_of(page))


@page_in_chinese
def test_names_of_the_english_page_are_in_it(page: Path) -> None:
    def names(document: Path) -> set[str]:
        return set(re.findall(r"`([^`\n]+)`", prose(document)))

    assert names(english_of(page)) - names(page) == set()


@page_in_chinese
def test_links_lead_where_those_of_the_english_page_do(page: Path) -> None:
    def targets(document: Path) -> set[str]:
        links = re.findall(r"\]\(([^)#\s]+)", prose(document))
        return {link.replace(".zh-CN.md", ".md") for link in links}

    assert targets(english_of(page)) <= targets(page)


def test_every_block_is_tried_in_one_language() -> None:
    def contents(blocks: list[Block]) -> list[tuple[Path, str, str]]:
        return [(english_of(ROOT / block.document), block.kind, block.text) for block in blocks]

    every = [block for page in DOCUMENTS for block in blocks_of(page)]
    english = [block for block in every if ".zh-CN." not in block.document]
    chinese = [block for block in blocks_to_try() if ".zh-CN." in block.document]
    assert set(contents(every)) == {*contents(english), *contents(chinese)}
    assert {*contents(english)} & {*contents(chinese)} == set()
