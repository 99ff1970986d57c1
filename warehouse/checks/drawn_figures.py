"""The check that the rows of drawn figures add up to them: which indicators a build draws.

They are named in its SQL, so that the facts of others are not read; all of them are drawn in turn as deliveries come.
"""

from collections import Counter
from hashlib import md5
from pathlib import Path

from schemas.catalogue import Catalogue
from schemas.indicator import Indicator
from warehouse.checks.table_check import TableCheck
from warehouse.checks.written import read_check
from warehouse.database.templates import render

_TEMPLATE = Path(__file__).with_name("figure_rows_add_up.sql.j2")
DRAWN, OF_A_FORM = 50, 3
"""How many figures are drawn, and how many of them are of one form at most."""


def drawn_figures_check(catalogue: Catalogue, deliveries: int | None = None) -> TableCheck:
    """Write the check. deliveries: how many came, which decides what is drawn; None for every indicator."""
    indicators = list(catalogue.indicators) if deliveries is None else draw_indicators(catalogue, deliveries)
    return read_check(catalogue, _TEMPLATE.name.partition(".")[0], render(_TEMPLATE, indicators=indicators))


def draw_indicators(catalogue: Catalogue, deliveries: int) -> list[str]:
    """Draw indicators, spread over forms."""
    of_form: Counter[str] = Counter()
    drawn = []
    for code in sorted(
        catalogue.indicators, key=lambda code: md5(f"{deliveries} {code}".encode()).hexdigest()
    ):
        form = _form_of(catalogue.indicators[code])
        of_form[form] += 1
        if of_form[form] <= OF_A_FORM:
            drawn.append(code)
    return drawn[:DRAWN]


def _form_of(indicator: Indicator) -> str:
    return min((form for _, term in indicator.terms for form, _ in term.needs), default="")
