"""Models that loop, over indicators or watched numbers, are Jinja templates of SQL: rendered here and nowhere else."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(
        Path(__file__).parents[1]
    ),  # the package: models/, and what they import of figures/
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(path: Path, **context: Any) -> str:
    """Render the SQL of a template. Raises jinja2.UndefinedError for a name that the context does not have."""
    return _ENVIRONMENT.from_string(path.read_text("utf-8")).render(context)
