"""Numbers as a person at the terminal reads them."""

from decimal import Decimal

import pytest

from pipelines.terminal.trace import number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1195000000.0000", "1,195,000,000"),
        ("1234.5000", "1,234.5"),
        ("96.8085", "96.8085"),
        ("100", "100"),
        ("0.0000", "0"),
        ("-3", "-3"),
    ],
)
def test_a_number_has_separators_and_no_more_decimals_than_it_needs(value: str, text: str) -> None:
    assert number(Decimal(value)) == text


def test_a_figure_without_value_says_so() -> None:
    assert number(None) == "无"
