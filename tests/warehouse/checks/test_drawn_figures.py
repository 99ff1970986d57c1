"""Figures are drawn over forms, others as deliveries come, and in time every indicator."""

from collections import Counter

from tests.district import CATALOGUE, INDICATORS
from warehouse.checks.drawn_figures import DRAWN, OF_A_FORM, draw_indicators


def test_fifty_are_drawn_and_three_of_a_form_at_most() -> None:
    drawn = draw_indicators(CATALOGUE, 529)
    forms = Counter(
        min((form for _, term in INDICATORS[code].terms for form, _ in term.needs), default="")
        for code in drawn
    )
    assert len(set(drawn)) == DRAWN
    assert max(forms.values()) == OF_A_FORM


def test_every_indicator_is_drawn_in_time() -> None:
    assert {
        code for deliveries in range(100) for code in draw_indicators(CATALOGUE, deliveries)
    } == INDICATORS.keys()
