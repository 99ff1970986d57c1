"""English titles, made of the names of tables and columns, which are English words with their units behind them."""

from schemas.catalogue import Table

_LAYERS = {"dim": "Dimension", "fact": "Fact", "mart": "Mart", "dq": "Quality", "warehouse": "Warehouse"}
_UNITS = {"yuan": "yuan", "mu": "mu", "pct": "%"}
_WORDS = {"yoy": "year-on-year", "sha256": "SHA-256", "id": "ID", "ytd": "year-to-date"}


def english_column(name: str) -> str:
    """Make the English title of a column of its name: sales_revenue_yuan is Sales revenue (yuan)."""
    *words, last = name.split("_")
    if words and last in _UNITS:
        return f"{_title(words)} ({_UNITS[last]})"
    return _title([*words, last])


def english_table(name: str) -> str:
    """Make the English title of a table of its name: fact_loan_balance is Fact: loan balance."""
    layer, *words = name.split("_")
    return f"{_LAYERS[layer]}: {' '.join(_WORDS.get(word, word) for word in words)}"


def english_grain(table: Table, grain: str) -> str:
    """Say what a row is: as the table's own docstring does, else by the columns of its grain."""
    first = (table.__dict__.get("__doc__") or "").strip().partition("\n")[0]
    return first if first.startswith("One row") else f"One row per {grain.replace(' x ', ', ')}."


def _title(words: list[str]) -> str:
    text = " ".join(_WORDS.get(word, word) for word in words)
    return text[:1].upper() + text[1:]
