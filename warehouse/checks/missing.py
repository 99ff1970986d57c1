"""Missing values in comparisons: what `@compared` and `@known` mean in the SELECT of a check."""

from schemas.balance import Missing
from warehouse.database.macros import Macro


def missing_macros(missing: Missing) -> dict[str, Macro]:
    """What `@compared` and `@known` stand for under a strategy for missing values."""
    joint = {"skip_if_any": " and ", "skip_if_all": " or "}

    def compared(*values: str) -> str:
        if missing == "never_skip":
            return "true"
        return f"({joint[missing].join(f'{value} is not null' for value in values)})"

    def known(value: str) -> str:
        return value if missing == "skip_if_any" else f"coalesce({value}, 0)"

    return {"compared": compared, "known": known}
