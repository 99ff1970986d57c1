"""Parts of an xlsx or xlsb file, found as Excel finds them: by following relationships."""

import posixpath
from dataclasses import dataclass
from io import BytesIO
from types import TracebackType
from xml.etree import ElementTree
from zipfile import ZipFile


@dataclass(frozen=True)
class Relationship:
    """A reference from a part to another. kind: the last word of its type, such as worksheet."""

    kind: str
    part: str


class Package:
    """A context manager over the zip file.

    Part names are looked up as Excel does: in any case, with slashes or backslashes.
    """

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
        """Read a part. Raises KeyError where there is none of this name."""
        return self._archive.read(self._names[_plain(part)])

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Read the relationships that start from a part, by id; "" is the package itself."""
        folder, name = posixpath.split(part)
        root = ElementTree.fromstring(self.read(posixpath.join(folder, "_rels", f"{name}.rels")))
        return {
            node.get("Id", ""): Relationship(
                node.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))),
            )
            for node in root
        }

    def workbook(self) -> str:
        """Find the part that lists the sheets."""
        return next(r.part for r in self.relationships("").values() if r.kind == "officeDocument")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
