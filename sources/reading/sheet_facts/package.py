"""The parts of an xlsx or xlsb file, found as Excel finds them: by following relationships."""

import posixpath
from dataclasses import dataclass
from io import BytesIO
from types import TracebackType
from xml.etree import ElementTree
from zipfile import ZipFile


@dataclass(frozen=True)
class Relationship:
    kind: str
    part: str


class Package:
    """A context manager over the zip file. Part names are looked up as Excel does: any case, / or \\."""

    def __init__(self, data: bytes) -> None:
        self._archive = ZipFile(BytesIO(data))
        self._names = {_plain(name): name for name in self._archive.namelist()}

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def read(self, part: str) -> bytes:
        """Raises KeyError where there is no such part."""
        return self._archive.read(self._names[_plain(part)])

    def relationships(self, part: str) -> dict[str, Relationship]:
        """By id, those that start from a part; "" is the package itself."""
        folder, name = posixpath.split(part)
        root = ElementTree.fromstring(self.read(posixpath.join(folder, "_rels", f"{name}.rels")))
        return {
            said.get("Id", ""): Relationship(
                said.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, said.get("Target", ""))),
            )
            for said in root
        }

    def workbook(self) -> str:
        """The part that lists the sheets."""
        return next(found.part for found in self.relationships("").values() if found.kind == "officeDocument")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
