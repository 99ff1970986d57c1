"""What decides the contents of a build, as one hash: models, checks, settings, and the code that builds.

Put here: what makes the same deliveries be built anew. Keep out: reports and worked questions, which only read.
"""

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import schemas
import warehouse
from schemas.catalogue import Catalogue
from schemas.syntax import hash_modules, imported_modules, module_file

BUILDER = "warehouse.build.build"
LIBRARIES = ("duckdb", "polars")


def code_hash(catalogue: Catalogue) -> str:
    """Hash the code of a build, and the county's forms and settings (64 hex digits).

    Comments of models, docstrings and type hints do not count.
    """
    return sha256(f"{hash_of_program()} {catalogue.county_hash}".encode()).hexdigest()


@cache
def hash_of_program() -> str:
    """Hash the code of a build alone, once."""
    digest = sha256(hash_modules([*map(module_file, imported_modules([BUILDER])), *_tables()]).encode())
    for line in (*_statements(), *_settings(), *(f"{name} {version(name)}" for name in LIBRARIES)):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def _tables() -> Iterator[Path]:
    """Yield the modules that the catalogue finds by their folder."""
    for folder in ("forms", "tables"):
        yield from (_folder(schemas) / folder).glob("*.py")


def _statements() -> Iterator[str]:
    """Yield models without their comments, and checks whole: what a check is called stands in its comments."""
    root = _folder(warehouse)
    built_from = ("models/**/*.sql*", "figures/*.j2", "database/*.j2")
    for path in sorted(path for pattern in built_from for path in root.glob(pattern)):
        lines = path.read_text("utf-8").splitlines()
        yield f"{path.stem} " + "\n".join(line for line in lines if not line.lstrip().startswith("--"))
    for path in sorted(root.glob("checks/*.sql*")):
        yield f"{path.stem} {path.read_text('utf-8')}"


def _settings() -> Iterator[str]:
    for path in sorted(_folder(schemas).glob("*.toml")):
        yield f"{path.stem} {json.dumps(tomllib.loads(path.read_text('utf-8')), sort_keys=True, default=str)}"


def _folder(package: object) -> Path:
    (folder,) = package.__path__  # type: ignore[attr-defined]
    return Path(folder)
