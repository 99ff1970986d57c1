"""What a build is given: the relations that its models read, each hashed once."""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from importlib.metadata import version

import pandera.polars as pa
import polars as pl

from schemas.catalogue import Catalogue
from schemas.errors import XiangcangError
from warehouse.build.code_hash import code_hash
from warehouse.database.engine import Source


class MissingSource(XiangcangError):
    """A relation that the models read and the build was not given."""


def input_tables(catalogue: Catalogue) -> dict[str, type[pa.DataFrameModel]]:
    """Map every relation that a build is given to its table."""
    return {f"staged_{name}": model for name, model in catalogue.staged.items()} | catalogue.source


class Inputs:
    """The relations of a build. sources: each of `input_tables`, as a frame or as Parquet files of the same columns."""

    def __init__(self, catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
        if missing := input_tables(catalogue).keys() - sources.keys():
            raise MissingSource(f"the build was not given {', '.join(sorted(missing))}")
        self.catalogue, self.sources = catalogue, sources

    @cached_property
    def digests(self) -> dict[str, str]:
        """Hash each relation (SHA-256): a frame by its values, files by their bytes; files in any order are the same."""
        return {name: digest(source) for name, source in self.sources.items()}

    @property
    def fingerprint(self) -> str:
        """Hash all relations, the code and its version (SHA-256); equal ones build equal tables."""
        whole = hashlib.sha256(f"{version('xiangcang')} {code_hash(self.catalogue)}".encode())
        for name in sorted(self.digests):
            whole.update(f"{name}:{self.digests[name]}".encode())
        return whole.hexdigest()


def digest(source: Source) -> str:
    """Hash a relation: values and types of a frame, or the bytes of files."""
    if isinstance(source, pl.DataFrame):
        text = source.write_csv(null_value="\\N")
        return hashlib.sha256(f"{source.schema}{text}".encode()).hexdigest()
    digests = []
    for path in source:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return hashlib.sha256(" ".join(sorted(digests)).encode()).hexdigest()
