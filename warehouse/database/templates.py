"""Statements that loop, over columns, indicators or watched numbers, are Jinja templates of SQL: rendered here and nowhere else.

Names and texts are written into them through the filters `identifier` and `literal`; only portable models write names
as they are, since Spark reads what stands in double quotes as a text.
"""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from warehouse.database.quoting import identifier, literal

_PACKAGE = Path(__file__).parents[1]
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_PACKAGE),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {"identifier": identifier, "literal": literal}


def render(path: Path, **context: Any) -> str:
    """Render the SQL of a template of this package. Raises jinja2.UndefinedError for a name that the context does not have."""
    return _ENVIRONMENT.get_template(path.relative_to(_PACKAGE).as_posix()).render(context)


def render_line(path: Path, **context: Any) -> str:
    """Render a query as pages show it, on one line: without the comments, which stand on lines of their own."""
    lines = render(path, **context).splitlines()
    return " ".join(" ".join(line for line in lines if not line.lstrip().startswith("--")).split())
