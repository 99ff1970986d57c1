"""The home page: for each kind of reader, what there is and where."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from warehouse.reports.page_template import page_template

_OF_YEAR = re.compile(r"(?P<kind>公报|乡镇)(?P<year>\d{4})\.(?P<ending>html|docx|xlsx)")
_ENDINGS = {"html": "网页", "docx": "Word", "xlsx": "Excel"}


@dataclass(frozen=True)
class YearPages:
    """The pages of a year: addresses of its bulletin by what they are, and that of its townships, None without one."""

    year: int
    bulletin: Mapping[str, str]
    townships: str | None


@dataclass(frozen=True)
class HomePage:
    """The content of the page. pages: the addresses that there are, beside those of years. ui: that of the Dagster UI.

    load: how the last one ended, in words. forms: who reports what and by when, in words.
    """

    county: str
    is_synthetic: bool
    version: str | None
    load: str
    loaded_at: datetime
    ui: str
    years: Sequence[YearPages]
    pages: Sequence[str]
    statuses: Mapping[str, int] = field(default_factory=dict)
    forms: Sequence[str] = ()


def years_of(names: Iterable[str]) -> list[YearPages]:
    """Group the pages that are of a year, the newest first. names: of all files in the folder of pages."""
    of_year = [match for name in names if (match := _OF_YEAR.fullmatch(name))]
    bulletins: dict[int, dict[str, str]] = {}
    townships: dict[int, str] = {}
    for match in sorted(of_year, key=lambda m: list(_ENDINGS).index(m["ending"])):
        year = int(match["year"])
        if match["kind"] == "公报":
            bulletins.setdefault(year, {})[_ENDINGS[match["ending"]]] = match[0]
        else:
            townships[year] = match[0]
    return [YearPages(year, bulletins[year], townships.get(year)) for year in sorted(bulletins, reverse=True)]


def to_html(page: HomePage) -> str:
    """Render the page."""
    return page_template("warehouse.reports", "home.html.j2").render(page=page)
