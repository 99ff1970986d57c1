"""`xiangcang draft`: a contract from a workbook or text file that nobody has described yet."""

import argparse
import os
import shutil
import sys
from pathlib import Path

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.terminal.draft import show_form, show_next_step
from schemas.files.toml_file import TomlFile
from sources.county.contract_files import ContractError
from sources.county.references import References, read_references
from sources.drafting.forms import DraftedForm, draft_workbook
from sources.drafting.text_file import draft_text
from sources.drafting.toml_text import TextLayoutDraft, write_toml
from sources.drafting.update import choose_form, differences, read_accepted
from sources.home.archive import readable
from sources.home.folders import Home
from sources.reading.cells import Unreadable
from sources.reading.workbook import sniff
from sources.reading.worker import Reader

Drafts = list[tuple[DraftedForm, TextLayoutDraft | None]]


def run(arguments: argparse.Namespace) -> int:
    """Write a contract for each table of a file; or compare it with one, and give 1 where they differ."""
    if not arguments.file.is_file():
        raise Refused(f"没有文件 {readable(str(arguments.file))}")
    references = read_references(Home(home_root()).county)
    if arguments.like is not None and arguments.like not in references.tables:
        raise Refused(f"没有表 {arguments.like}；有：{'、'.join(references.tables)}")
    try:
        return _draft(arguments, references)
    except OSError as error:
        raise Refused(readable(str(error))) from error


def _draft(arguments: argparse.Namespace, references: References) -> int:
    drafts = _read(arguments.file, references, arguments.like)
    if not drafts:
        raise Refused("没有找到表：哪一行都不像表头。请看是否空表，或表头是否只有一栏")
    if arguments.update is not None:
        return _compare([form for form, _ in drafts], arguments.update, references)
    for (form, text), path in zip(drafts, _paths(drafts, arguments.out), strict=True):
        for line in show_form(form, colour=_is_coloured(), width=shutil.get_terminal_size((100, 24)).columns):
            print(line)
        path.write_text(write_toml(form, text), encoding="utf-8")
        print(f"写到 {path}\n")
    for line in show_next_step(arguments.file):
        print(line)
    return 0


def _read(path: Path, references: References, like: str | None) -> Drafts:
    try:
        with Reader() as reader:
            if sniff(path.read_bytes()) == "text":
                return [draft_text(path, reader, references, like)]
            return [(form, None) for form in draft_workbook(reader.read_file(path), references, like)]
    except Unreadable as error:
        raise Refused(f"文件读不出来（{error.rule}）：{error.detail}") from error


def _paths(drafts: Drafts, out: Path | None) -> list[Path]:
    """Choose a file for each draft, named as contracts are; the form takes its file's name where one is given.

    Raises Refused where a file is there already.
    """
    paths = []
    folder = out if out is not None and out.is_dir() else Path()
    for number, (form, text) in enumerate(drafts, start=1):
        layout = "file" if text else form.shape
        path = folder / f"{form.name}.{layout}.toml"
        if out is not None and not out.is_dir():
            table, _, rest = out.name.partition(".")
            form.name = table if number == 1 else f"{table}_{number}"
            form.doubts.pop("table", None)
            path = out.with_name(f"{form.name}.{rest or 'toml'}")
        if path.exists():
            raise Refused(f"已有 {path}；要重新起草，先移开它，或用 --out 另写一处")
        if not path.parent.is_dir():
            raise Refused(f"没有文件夹 {path.parent}")
        paths.append(path)
    return paths


def _compare(forms: list[DraftedForm], path: Path, references: References) -> int:
    file = TomlFile(path, "表式约定", ContractError)
    accepted = read_accepted(file.terms, file.text, references)
    form = choose_form(forms, accepted)
    if form is None:
        raise Refused("文件里没有这份约定的表：表题、表头都对不上")
    lines = list(differences(form, accepted))
    for line in lines:
        print(line)
    print(f"与 {path.name} 不同的有 {len(lines)} 处" if lines else f"与 {path.name} 相同")
    return 1 if lines else 0


def _is_coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
