"""Links that Dagster and the pages show, followed as a reader does: to the two servers of a home, and nowhere else."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

from lxml import html as lxml_html
from markdown_it import MarkdownIt

from tests.pipelines.serving import ANSWERS_SECONDS, query_graphql

ENTRIES = """description metadataEntries { __typename description
    ... on UrlMetadataEntry { url }
    ... on MarkdownMetadataEntry { mdStr }
    ... on TextMetadataEntry { text }
    ... on JsonMetadataEntry { jsonString }
    ... on AssetMetadataEntry { assetKey { path } }
    ... on TableSchemaMetadataEntry { schema { columns { description } } } }"""

DEFINITIONS = f"""{{
    assetNodes {{ {ENTRIES} assetChecksOrError {{ ... on AssetChecks {{ checks {{ description }} }} }} }}
    repositoriesOrError {{ ... on RepositoryConnection {{ nodes {{
        jobs {{ {ENTRIES} }} schedules {{ {ENTRIES} }} sensors {{ {ENTRIES} }} }} }} }} }}"""

RUNS = "{ runsOrError { ... on Runs { results { runId tags { value } } } } }"

EVENTS = f"""{{ logsForRun(runId: "%s", afterCursor: %s) {{ ... on EventConnection {{ cursor hasMore events {{
    __typename
    ... on MessageEvent {{ message }}
    ... on DisplayableEvent {{ {ENTRIES} }}
    ... on AssetCheckEvaluationEvent {{ evaluation {{ {ENTRIES} }} }} }} }} }} }}"""

CHECKS = """{ assetNodes { assetKey { path }
    assetChecksOrError { ... on AssetChecks { checks { name } } } } }"""

_ADDRESS = re.compile(r"https?://[^\s<>\"'`|()\[\]。，；）]+")
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def events_of_runs(ui: str) -> Iterator[dict[str, Any]]:
    """Everything that Dagster shows of the events of all runs, and the runs themselves."""
    for run in query_graphql(ui, RUNS)["runsOrError"]["results"]:
        yield run
        logs: dict[str, Any] = {"hasMore": True, "cursor": None}
        while logs["hasMore"]:
            logs = query_graphql(ui, EVENTS % (run["runId"], json.dumps(logs["cursor"])))["logsForRun"]
            yield from logs["events"]


def links_shown(answer: Any) -> Iterator[str]:
    """The links of what GraphQL answers: assets by their keys, and of any text what it is as Markdown."""
    match answer:
        case {"__typename": "AssetMetadataEntry", "assetKey": {"path": path}}:
            yield f"/assets/{'/'.join(path)}"
        case dict():
            for value in answer.values():
                yield from links_shown(value)
        case list():
            for value in answer:
                yield from links_shown(value)
        case str() if "](" in answer or "://" in answer:
            yield from _ADDRESS.findall(answer)
            for block in _MARKDOWN.parse(answer):
                for token in block.children or ():
                    yield from (str(token.attrs[name]) for name in ("href", "src") if name in token.attrs)


@dataclass
class Site:
    """The web server of Dagster and the server of pages, as one place to look at."""

    ui: str
    pages: str
    _checks: dict[str, set[str]] = field(default_factory=dict)
    _looked_at: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    """Parts and links of each page."""

    def broken(self, links: Iterable[str]) -> dict[str, str]:
        """What is wrong with each of these links that leads nowhere."""
        return {link: fault for link in links if (fault := self._fault(urljoin(self.ui, link)))}

    def reached_from(self, address: str) -> set[str]:
        """Every link of a page, and of those that it leads to."""
        reached: set[str] = set()
        ahead = {address}
        while ahead:
            link = ahead.pop()
            reached.add(link)
            if link.startswith(f"{self.pages}/") and not self._fault(link):
                ahead |= self._look_at(urldefrag(link).url)[1] - reached
        return reached

    def _fault(self, link: str) -> str:
        address, part = urldefrag(link)
        if address == self.ui:
            return ""
        if address.startswith(f"{self.ui}/"):
            return self._fault_of_asset(address)
        if not address.startswith(f"{self.pages}/"):
            return "is of neither server"
        try:
            parts, _ = self._look_at(address)
        except HTTPError as error:
            return f"answers {error.code}"
        return "" if not part or unquote(part) in parts else "has no such part"

    def _fault_of_asset(self, address: str) -> str:
        """The web app answers whatever it is asked for, so ask whether there is such an asset, and such a check of it."""
        path, given = urlsplit(address).path, parse_qs(urlsplit(address).query)
        if not self._checks:
            self._checks = {
                f"/assets/{'/'.join(node['assetKey']['path'])}": {
                    check["name"] for check in node["assetChecksOrError"].get("checks", ())
                }
                for node in query_graphql(self.ui, CHECKS)["assetNodes"]
            }
        if path not in self._checks:
            return "no such asset"
        if "checkDetail" not in given:
            return ""
        is_shown = given.get("view") == ["checks"] and {*given["checkDetail"]} <= self._checks[path]
        return "" if is_shown else "no such check"

    def _look_at(self, address: str) -> tuple[set[str], set[str]]:
        if address not in self._looked_at:
            with urlopen(quote(address, safe=":/?&=%"), timeout=ANSWERS_SECONDS) as answer:
                is_page = answer.headers.get_content_type() == "text/html"
                document = lxml_html.fromstring(answer.read().decode()) if is_page else None
            self._looked_at[address] = (
                (set(), set())
                if document is None
                else (
                    set(document.xpath("//@id")),
                    {urljoin(address, link) for link in document.xpath("//@href | //@src")},
                )
            )
        return self._looked_at[address]
