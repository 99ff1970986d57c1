"""Where the trace page of a figure lies: the one place that says it, for whatever page links to it."""

TRACES = "trace"
"""The folder of trace pages below that of all pages, with a folder a year in it."""


def trace_address(year: int, indicator_code: str, basis: str = "") -> str:
    """Give the address of a figure's trace page, relative to the folder of pages: ASCII, and the same in every version.

    basis: only where an indicator has figures on several in a year.
    """
    return f"{TRACES}/{year}/{indicator_code}{f'-{basis}' if basis else ''}.html"
