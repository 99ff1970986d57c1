"""The data dictionary: every built table with its columns, as Markdown and as a page of HTML.

Titles and descriptions are those of the comments in the database, from the same definitions; grain and
origins are read from the models' SQL.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from schemas.catalogue import Catalogue
from schemas.field import Column, columns
from schemas.indicator import Indicator
from warehouse.build.order import dependencies, layer_of, model_text
from warehouse.database.describe import table_description, table_title
from warehouse.database.templates import render
from warehouse.reports.english import english_column, english_grain, english_table
from warehouse.reports.search import SCRIPT

LAYERS = {
    "dim": "维度：事实所说的地方、企业、机构、户与日期",
    "fact": "事实：照报的数，每一行可追到报送、工作表与行",
    "mart": "汇总：分析直接取用的数",
    "dq": "质量：报送、退回的行、合计核对、检查与本库说明",
}
"""The folders of models in the order in which they are shown, with their titles."""

EXAMPLE_COLUMNS = 4
"""How many columns an example shows beside the key."""

_EXAMPLE = Path(__file__).with_name("example.sql.j2")
_GRAIN = re.compile(r"^-- grain[^:]*: ([^;\n]+)", re.MULTILINE)
_MARKDOWN = re.compile(r"[\\`*\[\]<>|&~]|(?<!\w)_|_(?!\w)")


@dataclass(frozen=True)
class Origin:
    """A relation that a table is built from. built: whether it is a table of the warehouse itself."""

    name: str
    title: str
    built: bool


@dataclass(frozen=True)
class TableEntry:
    """The dictionary's entry of a table. grain: the titles of the columns that identify its rows; grain_en: in English."""

    name: str
    layer: str
    title: str
    title_en: str
    description: str
    grain: str
    grain_en: str
    built_from: tuple[Origin, ...]
    columns: tuple[Column, ...]
    example: str

    @property
    def key(self) -> tuple[Column, ...]:
        """Columns of the key; none where only the whole row is unique."""
        return tuple(column for column in self.columns if column.key)


def entries(catalogue: Catalogue, forms: Mapping[str, Sequence[str]]) -> list[TableEntry]:
    """List every built table by layer and name. forms: titles of the forms read into each staged table."""
    tables = [_entry(catalogue, name, forms) for name in catalogue.built]
    return sorted(tables, key=lambda entry: (list(LAYERS).index(entry.layer), entry.name))


def example_query(table: str, table_columns: Sequence[Column]) -> str:
    """Write a SELECT of a few rows under Chinese names: the key, and measures, else other columns."""
    key = [column for column in table_columns if column.key]
    others = [column for column in table_columns if not column.key]
    measures = [column for column in others if column.unit] or others
    headings = {column.name: heading(column) for column in [*key, *measures[:EXAMPLE_COLUMNS]]}
    return render(_EXAMPLE, table=table, headings=headings)


def heading(column: Column) -> str:
    """Join title and unit to the heading of a column for readers."""
    return f"{column.title}（{column.unit}）" if column.unit else column.title


def to_markdown(tables: Sequence[TableEntry], indicators: Sequence[Indicator]) -> str:
    """Render the dictionary as Markdown with tables in the manner of GitHub."""
    return _render("dictionary.md.j2", Environment(finalize=_escape_markdown), tables, indicators)


def to_html(tables: Sequence[TableEntry], indicators: Sequence[Indicator]) -> str:
    """Render the dictionary as a page of HTML that needs no other file, and is searched by a script in it."""
    return _render("dictionary.html.j2", Environment(autoescape=True), tables, indicators)


def _entry(catalogue: Catalogue, name: str, forms: Mapping[str, Sequence[str]]) -> TableEntry:
    table_columns = columns(catalogue.built[name])
    grain = _read_grain(catalogue, name)
    return TableEntry(
        name=name,
        layer=layer_of(catalogue, name),
        title=table_title(catalogue.built[name]),
        title_en=english_table(name),
        description=table_description(catalogue.built[name]),
        grain=_in_chinese(grain, table_columns),
        grain_en=english_grain(catalogue.built[name], grain),
        built_from=tuple(_origins(catalogue, name, forms)),
        columns=table_columns,
        example=example_query(name, table_columns),
    )


def _read_grain(catalogue: Catalogue, name: str) -> str:
    """Read the grain from the header comment of a model. Raises ValueError where it gives none."""
    grain = _GRAIN.search(model_text(catalogue, name))
    if grain is None:
        raise ValueError(f"{name}: its header comment gives no grain")
    return grain[1]


def _in_chinese(grain: str, table_columns: Sequence[Column]) -> str:
    """Write a grain with the Chinese titles of columns in place of their names."""
    titles = {column.name: column.title for column in table_columns}
    return " × ".join(titles.get(word.strip(), word.strip()) for word in grain.split(" x "))


def _origins(catalogue: Catalogue, name: str, forms: Mapping[str, Sequence[str]]) -> Iterator[Origin]:
    for relation in sorted(dependencies(catalogue)[name]):
        if relation in catalogue.built:
            yield Origin(relation, table_title(catalogue.built[relation]), built=True)
        elif relation.startswith("staged_"):
            titles = forms.get(relation.removeprefix("staged_"), ())
            yield Origin(relation, "、".join(titles) or "报送的行", built=False)
        elif relation.startswith("ref_"):
            yield Origin(relation, "名录", built=False)
        else:
            yield Origin(relation, "系统的记录", built=False)


def _render(
    template: str,
    environment: Environment,
    tables: Sequence[TableEntry],
    indicators: Sequence[Indicator],
) -> str:
    environment.loader = FileSystemLoader(Path(__file__).parent)
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = environment.keep_trailing_newline = True
    by_layer = {title: [e for e in tables if e.layer == layer] for layer, title in LAYERS.items()}
    environment.filters["english"] = english_column
    return environment.get_template(template).render(
        layers=by_layer, indicators=indicators, search=Markup(SCRIPT), heading=heading
    )


def _escape_markdown(value: object) -> object:
    """Escape a value so that Markdown shows it as it is, in a line and in a cell; code is marked safe."""
    if hasattr(value, "__html__"):
        return value
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(str(value).split()))
