"""One page of headless Chromium, driven over its DevTools protocol."""

import base64
import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1600,1200", "--remote-debugging-port=0",
]  # fmt: skip
WAIT_SECONDS = 300
FADES_SECONDS = 0.5  # what was clicked open is faded in


class Page:
    """What a person does with a page: open it, read it, keep a picture of it."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._sent = 0

    def open(self, url: str) -> None:
        self._command("Page.navigate", url=url)

    def text(self) -> str:
        text: str = self._evaluate("document.body ? document.body.innerText : ''")
        return text

    def await_text(self, *wanted: str) -> str:
        """The text of the page once it holds every one of these."""
        give_up_at = time.monotonic() + WAIT_SECONDS
        while any(words not in (text := self.text()) for words in wanted):
            assert time.monotonic() < give_up_at, f"no {wanted} in:\n{text}"
            time.sleep(0.2)
        return text

    def click(self, words: str) -> None:
        """Click on the last element whose whole text this is, once there is one."""
        find = (
            f"[...document.querySelectorAll('*')].findLast(e => e.innerText?.trim() === {json.dumps(words)})"
        )
        give_up_at = time.monotonic() + WAIT_SECONDS
        while not self._evaluate(f"(found => found ? (found.click(), true) : false)({find})"):
            assert time.monotonic() < give_up_at, f"no {words} in:\n{self.text()}"
            time.sleep(0.2)

    def type(self, selector: str, text: str) -> None:
        """Write a text into a field, as a person does who replaces what stands there."""
        field = f"document.querySelector({json.dumps(selector)})"
        self._evaluate(f"{field}.value = {json.dumps(text)}")
        self._evaluate(f"{field}.dispatchEvent(new Event('input', {{bubbles: true}}))")

    def await_number(self, selector: str, least: int) -> None:
        """Wait until so many elements match."""
        give_up_at = time.monotonic() + WAIT_SECONDS
        while self._evaluate(f"document.querySelectorAll({json.dumps(selector)}).length") < least:
            assert time.monotonic() < give_up_at, f"no {least} {selector}"
            time.sleep(0.2)

    def resize(self, width: int, height: int, scale: float = 1) -> None:
        """Show the page as on a screen of this size; a picture of it is that many times as large."""
        self._command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def choose(self, selector: str, text: str) -> None:
        """Choose an option by its text."""
        at = json.dumps(selector)
        found = f"[...document.querySelector({at}).options].findIndex(o => o.text === {json.dumps(text)})"
        self._evaluate(f"document.querySelector({at}).selectedIndex = {found}")

    def shown_texts(self, selector: str) -> list[str]:
        """The texts of the elements that are not hidden, from the top down."""
        every = f"[...document.querySelectorAll({json.dumps(selector)})].filter(e => e.offsetParent)"
        in_order = f"{every}.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)"
        texts: list[str] = self._evaluate(f"{in_order}.map(e => e.innerText)")
        return texts

    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        pixels: int = self._evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return pixels

    def screenshot(self, path: Path) -> None:
        time.sleep(FADES_SECONDS)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(base64.b64decode(self._command("Page.captureScreenshot")["data"]))

    def _evaluate(self, expression: str) -> Any:
        return self._command("Runtime.evaluate", expression=expression, returnByValue=True)["result"]["value"]

    def _command(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv(WAIT_SECONDS))).get("id") != self._sent:
            pass
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result


@contextmanager
def open_browser(profile: Path) -> Iterator[Page]:
    """A browser with a new profile, closed at the end."""
    chromium = subprocess.Popen(
        ["chromium", *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with connect(_page_address(profile, chromium), max_size=None) as socket:
            yield Page(socket)
    finally:
        chromium.terminate()
        chromium.wait(WAIT_SECONDS)


def _page_address(profile: Path, chromium: subprocess.Popen[bytes]) -> str:
    """Where DevTools of the first page answers: Chromium writes its port into the profile."""
    port_file = profile / "DevToolsActivePort"
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not (port_file.exists() and port_file.read_text().strip()):
        assert chromium.poll() is None, "Chromium ended"
        assert time.monotonic() < give_up_at, "Chromium does not start"
        time.sleep(0.1)
    port = port_file.read_text().split()[0]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=WAIT_SECONDS) as response:
        pages = [target for target in json.load(response) if target["type"] == "page"]
    address: str = pages[0]["webSocketDebuggerUrl"]
    return address
