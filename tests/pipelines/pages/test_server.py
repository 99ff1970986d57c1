"""The server of pages gives files of its folder by their names, and nothing else."""

import threading
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from pipelines.pages.server import Pages


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, HTTPConnection]]:
    """A folder with a page, and a connection to its server."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "公报2022.html").write_text("一页", "utf-8")
    (tmp_path / "person.key").write_text("密钥", "utf-8")
    (folder / "link.html").symlink_to(tmp_path / "person.key")
    (folder / "below").mkdir()
    (tmp_path / "outbox" / "高山镇").mkdir(parents=True)
    (tmp_path / "outbox" / "高山镇" / "退回_表.html").write_text("回执", "utf-8")
    (tmp_path / "outbox" / "key.html").symlink_to(tmp_path / "person.key")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, HTTPConnection("127.0.0.1", server.server_port)
        server.shutdown()


def get(connection: HTTPConnection, path: str) -> tuple[int, str, str | None]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return (
        answer.status,
        answer.read().decode("utf-8", "replace"),
        answer.getheader("Content-Security-Policy"),
    )


def test_a_page_comes_with_what_a_browser_may_do_with_it(served: tuple[Path, HTTPConnection]) -> None:
    status, text, policy = get(served[1], f"/{quote('公报2022.html')}")
    assert (status, text) == (200, "一页")
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.partition("style-src")[0]


def test_the_home_page_is_what_comes_first(served: tuple[Path, HTTPConnection]) -> None:
    (served[0] / "index.html").write_text("首页", "utf-8")
    assert get(served[1], "/")[:2] == (200, "首页")


def test_answers_to_senders_come_from_the_folder_beside(served: tuple[Path, HTTPConnection]) -> None:
    assert get(served[1], f"/outbox/{quote('高山镇/退回_表.html')}")[:2] == (200, "回执")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/below/",
        "/link.html",
        "/../person.key",
        "/%2e%2e/person.key",
        "/none.html",
        "/outbox/",
        "/outbox/key.html",
        "/outbox/../person.key",
    ],
)
def test_nothing_is_listed_and_no_link_followed(path: str, served: tuple[Path, HTTPConnection]) -> None:
    status, text, policy = get(served[1], path)
    assert status == 404
    assert "密钥" not in text
    assert "公报" not in text
    assert policy is not None
