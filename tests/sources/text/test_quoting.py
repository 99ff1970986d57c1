"""What a message may quote, and the nearest known word."""

import pytest

from sources.text.quoting import quote, suggest


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (" 1O5 ", "1O5"),
        ("4\r\n2", "4⏎2"),
        ("12  345", "12 345"),
        ("一" * 21, "一" * 20 + "…"),
        ("12345678", "12345678"),
        ("张三13912345678", ""),
        ("139 1234 5678", ""),
        ("０３５２－１２３４５６７", ""),
        ("一" * 30 + "999214198802067462", ""),
    ],
)
def test_a_quotation_is_one_short_line_without_numbers_of_persons(text: str, quoted: str) -> None:
    assert quote(text) == quoted


def test_the_nearest_known_word_is_named() -> None:
    assert suggest("乳 制品", ["乳品", "药茶"]) == "，最接近的规定写法是“乳品”"
    assert suggest("煤炭", ["乳品", "药茶"]) == ""
