"""Serves the pages of a home on this machine: `python -m pipelines.pages.server PORT FOLDER`."""

import sys
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class _Quiet(SimpleHTTPRequestHandler):
    """Files of one folder; requests are not logged, for their lines would drown what matters."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def main() -> None:
    """Serve until interrupted."""
    port, folder = sys.argv[1:]
    handler = partial(_Quiet, directory=folder)
    with suppress(KeyboardInterrupt), ThreadingHTTPServer(("127.0.0.1", int(port)), handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
