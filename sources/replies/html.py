"""A receipt as one HTML page that runs nothing and refers to nothing outside itself."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from sources.replies.content import Reply


def to_html(reply: Reply) -> str:
    """The whole page."""
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
