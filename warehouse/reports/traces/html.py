"""Trace pages as HTML that refers to nothing but other pages."""

from functools import cache

from jinja2 import Template

from warehouse.reports.page_template import page_template
from warehouse.reports.traces.content import TracePage


def to_html(page: TracePage) -> str:
    """Render a page."""
    return _template().render(page=page, up="../" * page.address.count("/"))


@cache
def _template() -> Template:
    return page_template("warehouse.reports.traces", "trace.html.j2")
