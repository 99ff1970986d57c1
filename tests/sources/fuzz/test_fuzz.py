"""Mutated deliveries of every contract: each ends in a receipt, and none is silently wrong.

Where a mutation keeps the values, they are equal to those of the sound delivery; where it changes one, just that value
changes, or the receipt says something.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from sources.reading.worker import Reader
from tests.sources.fuzz.book import REFERENCES, Book, lay_out_book
from tests.sources.fuzz.cases import CHANGING, KEEPING, Sound, find_fault, make_case
from tests.sources.fuzz.district import sound_files
from tests.sources.fuzz.staged import Desk
from tests.sources.fuzz.texts import CHANGING_TEXT, KEEPING_TEXT, Text, text_of

SHORT, WHOLE, PART = 500, 20_000, 2_500
WORKBOOKS: dict[str, Callable[[Book, Random], Any]] = {**CHANGING, **KEEPING}
TEXTS: dict[str, Callable[[Text, Random], Any]] = {
    **{f"{kind}*": change for kind, change in CHANGING_TEXT.items()},
    **KEEPING_TEXT,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sound]:
    with Reader() as reader:
        yield Sound(Desk(tmp_path_factory.mktemp("desk"), reader))


def assert_none_is_silently_wrong(sound: Sound, numbers: range) -> None:
    faults = []
    for number in numbers:
        case = make_case(number)
        if fault := find_fault(case, sound.stage(case), *sound.of(case.file)):
            faults.append(f"{number} {case.kind} {case.file.path}: {fault}")
    assert not faults, "\n".join(faults)


def test_there_are_sound_deliveries_of_every_contract() -> None:
    assert sound_files().keys() == REFERENCES.contracts.keys()


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_every_mutation_of_workbooks_changes_some(kind: str) -> None:
    books = (
        lay_out_book(deepcopy(file.deliveries[0]), file.stem)
        for files in sound_files().values()
        for file in files
        if file.kind != "text"
    )

    assert any(WORKBOOKS[kind](book, Random(0)) for book in books)


@pytest.mark.parametrize("kind", TEXTS)
def test_every_mutation_of_texts_changes_some(kind: str) -> None:
    texts = (
        text_of(deepcopy(file.deliveries[0]))
        for name in sound_files()
        for file in sound_files()[name]
        if file.kind == "text"
    )

    assert any(TEXTS[kind](text, Random(0)) for text in texts)


def test_no_mutation_is_silently_wrong(sound: Sound) -> None:
    assert_none_is_silently_wrong(sound, range(SHORT))


@pytest.mark.long
@pytest.mark.parametrize("first", range(SHORT, SHORT + WHOLE, PART))
def test_nor_is_any_of_many(sound: Sound, first: int) -> None:
    assert_none_is_silently_wrong(sound, range(first, first + PART))


def first_of(kind: str) -> int:
    return next(number for number in range(SHORT) if make_case(number).kind == kind)


@pytest.mark.parametrize("kind", ["layout", "text encoding"])
def test_a_lost_row_is_a_fault(sound: Sound, kind: str) -> None:
    case = make_case(first_of(kind))
    result = sound.stage(case)

    assert find_fault(case, result, *sound.of(case.file)) is None
    assert "other values" in str(
        find_fault(case, replace(result, frame=result.frame[1:]), *sound.of(case.file))
    )


@pytest.mark.parametrize("kind", ["spoilt_number*", "digit*", "text line_broken*"])
def test_so_are_values_that_stay_when_they_should_not(sound: Sound, kind: str) -> None:
    case = make_case(first_of(kind))
    unchanged, rows = sound.of(case.file)

    assert "silent" in str(find_fault(replace(case, places=()), unchanged, unchanged, rows))
