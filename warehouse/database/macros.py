"""Textual macros for SQL that dialects do not share: `@name(argument, …)` in a model becomes SQL text.

Arguments are pasted as they are, often more than once: pass columns, not long expressions.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from schemas.county.terms import CountyTerms

_LARGEST = "1e15"


def ratio(numerator: str, denominator: str, scale: str) -> str:
    """Divide exactly: numerator / denominator as DECIMAL(18,scale), rounded half away from zero.

    Operands: decimals of at most 18 digits, with at most 6 decimals. scale: a number from 0 to 6. Null where
    an operand is null, the denominator is zero, or |quotient| * 10**scale is not below about 10**15.
    """
    return _quotient(numerator, denominator, power=int(scale), places=int(scale))


def percent(numerator: str, denominator: str, scale: str) -> str:
    """Give numerator / denominator in percent, DECIMAL(18,scale), as exactly as `ratio`. scale: from 0 to 4."""
    return _quotient(numerator, denominator, power=int(scale) + 2, places=int(scale))


def _quotient(numerator: str, denominator: str, *, power: int, places: int) -> str:
    """Divide numerator * 10**power by denominator, round to a whole number, and give it with these decimals."""
    # 19 digits: DuckDB does not widen the product of two decimals of up to 18 digits, and overflows.
    size, divisor = (
        f"abs({numerator}) * cast({10**power} as decimal(19,0))",
        f"nullif(abs({denominator}), 0)",
    )
    near = f"cast({size} as double) / cast({divisor} as double)"
    # Engines may evaluate a branch that is not taken: least() keeps the cast within its bounds there too.
    whole = f"cast(least({near}, {_LARGEST}) as decimal(19,0))"
    # Below that, a double is within 1 of the scaled quotient; the exact remainder settles the last digit.
    remainder = f"({size} - {whole} * {divisor})"
    up, down = f"{remainder} >= {divisor} - {remainder}", f"{remainder} + {divisor} < -{remainder}"
    step = f"case when {up} then 1 when {down} then -1 else 0 end"
    sign = f"case when ({numerator} < 0) <> ({denominator} < 0) then -1 else 1 end"
    last_digit = f"cast({10**-places:.{places}f} as decimal({places + 1},{places}))"
    exact = f"cast(cast(({whole} + {step}) * {sign} as decimal(18,0)) * {last_digit} as decimal(18,{places}))"
    return f"case when {near} < {_LARGEST} then {exact} end"


def change_pct(current: str, previous: str) -> str:
    """Give the growth of current over previous in percent, DECIMAL(18,2); null where `ratio` is.

    Operands: yuan.
    """
    # not a hundred times the difference: taking two decimals off a decimal of over 18 digits costs as much as six ratios
    return f"@percent(cast({current} - {previous} as decimal(18,4)), {previous}, 2)"


_STATUSES = ("final", "provisional", "incomplete", "questioned", "disputed")
"""Statuses of figures, the weakest last."""


def weakness(status: str) -> str:
    """Give a status as a number, the weakest the highest; null for null."""
    whens = " ".join(f"when '{name}' then {number}" for number, name in enumerate(_STATUSES, start=1))
    return f"case {status} {whens} end"


def status_of(number: str) -> str:
    """Give the status that a number stands for, as `weakness` gives it; null for null."""
    whens = " ".join(f"when {place} then '{name}'" for place, name in enumerate(_STATUSES, start=1))
    return f"case {number} {whens} end"


def month_start(day: str) -> str:
    """Give the first day of the month of a date."""
    return f"cast(date_trunc('month', {day}) as date)"


def household(institution: str, household_number: str, borrower: str) -> str:
    """Give the key of a household within an institution: its household number, or else the borrower."""
    return f"concat({institution}, '/', coalesce({household_number}, {borrower}))"


def unpadded(number: str) -> str:
    """Give a number without its leading zeros, which a spreadsheet drops."""
    return f"regexp_replace({number}, '^0+', '')"


def last_known(row: str, field: str) -> str:
    """Give, as an aggregate, the value of a field in the last of dated rows that has one; null where none has."""
    return f"substr(max({_marked(row, field)}), 12)"


def corrected_last_known(row: str, field: str) -> str:
    """Give, as an aggregate, the name of a field whose `last_known` value is that of a corrected cell, else null."""
    return f"case when substr(max({_marked(row, field)}), 11, 1) = '1' then '{field}' end"


def _marked(row: str, field: str) -> str:
    """Give a value behind its date, of ten characters, and one that says whether its cell was corrected."""
    is_corrected = f"concat(';', {row}.corrected, ';') like '%;{field};%'"
    return f"{row}.period || case when {is_corrected} then '1' else '0' end || {row}.{field}"


Macro = Callable[..., str]


def county_macros(county: CountyTerms | None) -> dict[str, Macro]:
    """Give the macros whose text is a county's own: `@loan_cumulative_start()`, from which loans are cumulated."""
    return {"loan_cumulative_start": lambda: f"date '{county.loans_since}'"} if county else {}


MACROS: dict[str, Macro] = {
    macro.__name__: macro
    for macro in (
        ratio,
        percent,
        change_pct,
        weakness,
        status_of,
        month_start,
        household,
        unpadded,
        last_known,
        corrected_last_known,
    )
}

_NO_MACROS: Mapping[str, Macro] = MappingProxyType({})
_CALL = re.compile(r"@([a-z_]+)\(")


def expand(sql: str, local_macros: Mapping[str, Macro] = _NO_MACROS) -> str:
    """Replace every macro call in a text of SQL. Raises ValueError for a name that is no macro.

    local_macros: by name, those defined for this text alone.
    """
    macros = {**MACROS, **local_macros}
    while call := _CALL.search(sql):
        name = call.group(1)
        if name not in macros:
            raise ValueError(f"@{name} is not a macro; known are {', '.join(sorted(macros))}")
        arguments, end = _parse_arguments(sql, call.end())
        sql = f"{sql[: call.start()]}{macros[name](*arguments)}{sql[end:]}"
    return sql


def _parse_arguments(sql: str, start: int) -> tuple[list[str], int]:
    """Split the arguments of a call whose text begins at start; also return the offset behind the call."""
    arguments, depth, begin = [], 0, start
    for position in range(start, len(sql)):
        character = sql[position]
        if depth == 0 and character in ",)":
            arguments.append(sql[begin:position].strip())
            begin = position + 1
        if character == ")" and depth == 0:
            return [argument for argument in arguments if argument], position + 1
        depth += {"(": 1, ")": -1}.get(character, 0)
    raise ValueError(f"a macro call is not closed: {sql[start : start + 60]}")
