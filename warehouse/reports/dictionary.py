"""The data dictionary: what is said of every built table, as Markdown and as one page of HTML.

It says what the comments in the database say, from the same definitions, and adds what the models' SQL knows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from schemas.catalogue import BUILT
from schemas.field import Column, columns
from warehouse.build.order import dependencies, model_file
from warehouse.database.describe import table_description, table_title

LAYERS = {
    "dim": "维度：事实所说的地方、企业、机构、户与日期",
    "fact": "事实：照报的数，每一行可追到报送、工作表与行",
    "mart": "汇总：分析直接取用的数",
    "dq": "质量：报送、退回的行、合计核对、检查与本库说明",
}
"""The folders of models in the order in which they are shown, with their titles."""

EXAMPLE_COLUMNS = 4
"""How many columns an example shows beside the key."""

_GRAIN = re.compile(r"^-- grain[^:]*: ([^;\n]+)", re.MULTILINE)
_MARKDOWN = re.compile(r"[\\`*\[\]<>|&~]|(?<!\w)_|_(?!\w)")


@dataclass(frozen=True)
class Origin:
    """A relation that a table is built from; built where it is a table of the warehouse itself."""

    name: str
    title: str
    built: bool


@dataclass(frozen=True)
class TableEntry:
    """What the dictionary says of one table. grain: the titles of the columns that tell its rows apart."""

    name: str
    layer: str
    title: str
    description: str
    grain: str
    built_from: tuple[Origin, ...]
    columns: tuple[Column, ...]
    example: str

    @property
    def key(self) -> tuple[Column, ...]:
        """The columns that make up its key; none where nothing but the whole row does."""
        return tuple(column for column in self.columns if column.key)


def entries(forms: Mapping[str, Sequence[str]]) -> list[TableEntry]:
    """Every built table by layer and name. forms: the titles of the forms that each staged table is read from."""
    found = [_entry(name, forms) for name in BUILT]
    return sorted(found, key=lambda entry: (list(LAYERS).index(entry.layer), entry.name))


def example_query(table: str, described: Sequence[Column]) -> str:
    """A few rows: their key, and what is measured of them or else said, under Chinese names."""
    key = [column for column in described if column.key]
    others = [column for column in described if not column.key]
    telling = [column for column in others if column.unit] or others
    selected = ",\n".join(
        f"  {column.name} as {_quoted(heading(column))}" for column in [*key, *telling[:EXAMPLE_COLUMNS]]
    )
    return f"select\n{selected}\nfrom {table}\norder by all\nlimit 5"


def heading(column: Column) -> str:
    """Title and unit, as a column of a table for readers is headed."""
    return f"{column.title}（{column.unit}）" if column.unit else column.title


def to_markdown(said: Sequence[TableEntry]) -> str:
    """The dictionary as Markdown with tables in the manner of GitHub."""
    return _rendered("dictionary.md.j2", Environment(finalize=_escaped), said)


def to_html(said: Sequence[TableEntry]) -> str:
    """The dictionary as one page that needs no other file."""
    return _rendered("dictionary.html.j2", Environment(autoescape=True), said)


def _entry(name: str, forms: Mapping[str, Sequence[str]]) -> TableEntry:
    described = columns(BUILT[name])
    return TableEntry(
        name=name,
        layer=model_file(name).parent.name,
        title=table_title(BUILT[name]),
        description=table_description(BUILT[name]),
        grain=_grain(model_file(name), described),
        built_from=tuple(_origins(name, forms)),
        columns=described,
        example=example_query(name, described),
    )


def _grain(model: Path, described: Sequence[Column]) -> str:
    """What the head of the model calls its grain, in Chinese where it names columns."""
    grain = _GRAIN.search(model.read_text("utf-8"))
    if grain is None:
        raise ValueError(f"{model.name}: its header comment gives no grain")
    titles = {column.name: column.title for column in described}
    return " × ".join(titles.get(word.strip(), word.strip()) for word in grain[1].split(" x "))


def _origins(name: str, forms: Mapping[str, Sequence[str]]) -> Iterator[Origin]:
    for relation in sorted(dependencies()[name]):
        if relation in BUILT:
            yield Origin(relation, table_title(BUILT[relation]), built=True)
        elif relation.startswith("staged_"):
            titles = forms.get(relation.removeprefix("staged_"), ())
            yield Origin(relation, "、".join(titles) or "报送的行", built=False)
        elif relation.startswith("ref_"):
            yield Origin(relation, "名录", built=False)
        else:
            yield Origin(relation, "系统的记录", built=False)


def _rendered(template: str, environment: Environment, said: Sequence[TableEntry]) -> str:
    environment.loader = FileSystemLoader(Path(__file__).parent)
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = environment.keep_trailing_newline = True
    by_layer = {title: [e for e in said if e.layer == layer] for layer, title in LAYERS.items()}
    return environment.get_template(template).render(layers=by_layer, heading=heading)


def _escaped(value: object) -> object:
    """A value as Markdown that shows it as it is, in a line and in a cell; what the template calls safe is code."""
    if hasattr(value, "__html__"):
        return value
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(str(value).split()))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
