"""Trace pages as HTML that refers to nothing but other pages."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from warehouse.reports.traces.content import TracePage


def to_html(page: TracePage) -> str:
    """Render a page."""
    return _template().render(page=page, up="../" * page.address.count("/"))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("warehouse.reports.traces", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("trace.html.j2")
