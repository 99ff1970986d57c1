"""Macros for missing values in comparisons: `@compared` and `@known` in the SELECT of a check."""

from schemas.balance import Missing
from warehouse.database.macros import Macro


def missing_macros(missing: Missing) -> dict[str, Macro]:
    """Give the macros `@compared` and `@known` for a strategy for missing values."""
    operators = {"skip_if_any": " and ", "skip_if_all": " or "}

    def compared(*values: str) -> str:
        if missing == "never_skip":
            return "true"
        return f"({operators[missing].join(f'{value} is not null' for value in values)})"

    def known(value: str) -> str:
        return value if missing == "skip_if_any" else f"coalesce({value}, 0)"

    return {"compared": compared, "known": known}
