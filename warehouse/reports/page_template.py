"""Templates of pages: HTML that escapes what it shows, and names nothing that it was not given."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

_NO_FILTERS: Mapping[str, Any] = {}


def page_template(package: str, name: str, filters: Mapping[str, Any] = _NO_FILTERS) -> Template:
    """Read a template that lies in a package; what it includes lies there too. filters: functions, by name."""
    environment = Environment(
        loader=PackageLoader(package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters
    return environment.get_template(name)
