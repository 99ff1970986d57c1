"""The address of a Spark server, and the names by which it knows our files."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from schemas.errors import XiangcangError

FORM = "hive2://用户@主机:端口/数据库?here=本机文件夹&there=服务器上的同一文件夹"
_PORT = 10000
_GLOB = re.compile(r"[\\{}\[\]*?,]")


class WrongAddress(XiangcangError):
    """An address of an engine that cannot be read, or that has no name for a file."""


@dataclass(frozen=True)
class Address:
    """Where a HiveServer2 listens, and the one folder that has two names: here, and there where the server runs.

    here: None where every file has the same name on both.
    """

    host: str
    port: int
    user: str
    password: str
    database: str
    here: Path | None
    there: str

    def name_there(self, path: Path) -> str:
        """Give the server's name of a file or folder. Raises WrongAddress for one outside the shared folder."""
        path = path.absolute()
        if self.here is None:
            return str(path)
        if not path.is_relative_to(self.here):
            raise WrongAddress(
                f"{path} 不在与服务器共用的文件夹 {self.here} 之内：请改 XIANGCANG_ENGINE 的 here"
            )
        return f"{self.there}/{path.relative_to(self.here).as_posix()}"

    def pattern_there(self, files: list[Path]) -> str:
        """Give one pattern of Hadoop's for some files, of which there is at least one."""
        names = [self.name_there(file) for file in files]
        folder = names[0].rpartition("/")[0]
        while not all(name.startswith(f"{folder}/") for name in names):
            folder = folder.rpartition("/")[0]
        within = ",".join(_escape(name.removeprefix(f"{folder}/")) for name in names)
        return f"{_escape(folder)}/{{{within}}}"


def _escape(name: str) -> str:
    """Write a name so that it means itself in a pattern."""
    return _GLOB.sub(r"\\\g<0>", name)


def read_address(text: str) -> Address:
    """Read the address of a server. Raises WrongAddress."""
    try:
        url = urlsplit(text)
        port = url.port or _PORT
    except ValueError as error:
        raise WrongAddress(f"XIANGCANG_ENGINE 读不出：{error}；应为 {FORM}") from error
    folders = {name: values[-1].rstrip("/") for name, values in parse_qs(url.query).items()}
    if url.scheme != "hive2" or not url.hostname or folders.keys() not in ({"here", "there"}, set()):
        raise WrongAddress(f"XIANGCANG_ENGINE 应为 {FORM}；here 与 there 同设或同不设")
    return Address(
        host=url.hostname,
        port=port,
        user=unquote(url.username or "xiangcang"),
        password=unquote(url.password or "xiangcang"),
        database=url.path.strip("/") or "default",
        here=Path(folders["here"]).absolute() if folders else None,
        there=folders.get("there", ""),
    )
