"""Replies as HTML pages that run nothing and refer to nothing outside themselves."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from sources.replies.content import Reply


def to_html(reply: Reply) -> str:
    """Render the reply as a whole page."""
    return _template().render(reply=reply)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("sources.replies", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("receipt.html.j2")
