"""Serves pages on this machine, and the answers they link to: `python -m pipelines.pages.server PORT FOLDER`."""

import os
import sys
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from warehouse.reports.search import SCRIPT_SOURCE

_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src {SCRIPT_SOURCE}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""A page is whole in itself: nothing of it is loaded, and nothing in it runs but the search of the data dictionary."""


OUTBOX = "outbox"


class Pages(SimpleHTTPRequestHandler):
    """Files of one folder, by their names: no listing, and nothing that a link leads out of it.

    Below /outbox/ are the files of the folder beside it that is called so.

    Requests are not logged, for their lines would drown what matters.
    """

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def list_directory(self, _path: str | os.PathLike[str]) -> BytesIO | None:
        """Refuse to list a folder."""
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def translate_path(self, path: str) -> str:
        """Give the file of a path; of a link, nothing."""
        folder = self.directory
        file = super().translate_path(path)
        if os.path.relpath(file, folder).split(os.sep)[0] == OUTBOX:
            file = os.path.join(os.path.dirname(os.path.abspath(folder)), os.path.relpath(file, folder))
            folder = os.path.join(os.path.dirname(os.path.abspath(folder)), OUTBOX)
        is_link = os.path.realpath(file) != os.path.normpath(
            os.path.join(os.path.realpath(folder), os.path.relpath(file, folder))
        )
        return os.path.join(os.devnull, "link") if is_link else file

    def end_headers(self) -> None:
        """Add to every answer what a browser may do with it."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()


def main() -> None:
    """Serve until interrupted."""
    port, folder = sys.argv[1:]
    handler = partial(Pages, directory=folder)
    with suppress(KeyboardInterrupt), ThreadingHTTPServer(("127.0.0.1", int(port)), handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
