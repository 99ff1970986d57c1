"""Hashes of code as it runs: without comments, docstrings and type hints, and the same on every Python.

Put here: what tells whether code has changed in what it does. Keep out: which code counts for what.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

PACKAGES = ("schemas", "sources", "warehouse")
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_UNSEEN = frozenset({"returns", "type_comment", "type_ignores", "type_params", "kind"})
"""Fields of the syntax tree that change nothing in what a module does."""


def hash_modules(paths: Iterable[Path]) -> str:
    """Hash Python modules by what they do (64 hex digits); their order does not matter, their names do."""
    digest = sha256()
    for path in sorted(paths):
        digest.update(f"{path.parent.name}/{path.name} {_look_at(path.read_bytes()).digest}\n".encode())
    return digest.hexdigest()


def imported_modules(roots: Iterable[str], skip: tuple[str, ...] = ()) -> tuple[str, ...]:
    """List modules and those of the project that they import, directly or not, but those below `skip`."""
    known = dict.fromkeys(roots)
    for name in (waiting := list(known)):
        for imported in _imports(name):
            if imported not in known and not imported.startswith(skip or ("-",)):
                known[imported] = None
                waiting.append(imported)
    return tuple(sorted(known))


def module_file(name: str) -> Path:
    """Find the file of a module. Raises ImportError."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ImportError(f"{name} has no file")
    return Path(spec.origin)


def _imports(module: str) -> Iterator[str]:
    for parent, name in _look_at(module_file(module).read_bytes()).imports:
        submodule = f"{parent}.{name}"
        yield submodule if _is_module(submodule) else parent


@cache
def _is_module(name: str) -> bool:
    package = find_spec(name.rpartition(".")[0])
    return bool(package and package.submodule_search_locations) and find_spec(name) is not None


class _Look(NamedTuple):
    """What a module does, as a hash, and the names that it imports from modules of the project."""

    digest: str
    imports: tuple[tuple[str, str], ...]


@cache
def _look_at(source: bytes) -> _Look:
    """Look at a module's syntax tree, which is not kept: its many nodes would slow all later garbage collection."""
    tree = ast.parse(source)
    tokens: list[str] = []
    _write(tree, None, tokens)
    imports = [
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in PACKAGES
        for alias in node.names
    ]
    return _Look(sha256("".join(tokens).encode()).hexdigest(), tuple(imports))


def _write(node: ast.AST, within: ast.AST | None, tokens: list[str]) -> None:
    """Write the syntax tree as text. Empty fields are left out: Pythons differ in which there are."""
    tokens.append(f"({type(node).__name__}")
    for name in node._fields:
        value = getattr(node, name, None)
        if (
            name in _UNSEEN
            or value is None
            or value == []
            or (name == "annotation" and _is_hint(node, within))
        ):
            continue
        tokens.append(f" {name}=")
        children = value if isinstance(value, list) else [value]
        for child in children:
            if not isinstance(child, ast.AST):
                tokens.append(repr(child))
            elif not (name == "body" and isinstance(node, _DOCUMENTED) and _is_docstring(child)):
                _write(child, node, tokens)
    tokens.append(")")


def _is_hint(node: ast.AST, within: ast.AST | None) -> bool:
    """Tell a type hint from the type of a field, which stands in the body of a class."""
    return not (isinstance(node, ast.AnnAssign) and isinstance(within, ast.ClassDef))


def _is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
