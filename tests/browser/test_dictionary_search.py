"""The search of the data dictionary, opened as a file and from the server of pages, whose policy lets no other script run."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from pipelines.pages.published import write_dictionary
from pipelines.pages.server import Pages
from pipelines.state.addresses import DICTIONARY_PAGE
from tests.browser.page import Page, open_browser
from tests.district import COUNTY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "county").symlink_to(COUNTY)
    write_dictionary(home, home / "pages")
    text = (home / "pages" / DICTIONARY_PAGE).read_text("utf-8")
    hostile = "<b id=b>未运行</b><script>document.getElementById('b').textContent = '运行了'</script></main>"
    (home / "pages" / "hostile.html").write_text(text.replace("</main>", hostile), "utf-8")
    return home / "pages"


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(folder))) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_browser(tmp_path_factory.mktemp("chromium") / "profile") as page:
        yield page


@pytest.mark.parametrize("opened", ["file", "server"])
def test_words_in_either_language_leave_what_has_them_all(
    opened: str, folder: Path, server: str, page: Page
) -> None:
    page.open(f"{server if opened == 'server' else folder.as_uri()}/{quote(DICTIONARY_PAGE)}")
    page.await_text("farm_loan_balance", "dim_period")
    page.type("#search input", "贷款 余额 mart")
    text = page.await_text("张表", "farm_loan_balance_yuan")
    assert "sanitary_toilet_households" not in text

    page.type("#search input", "HARDENED road")
    text = page.await_text("has_hardened_road", "Has hardened road")
    assert "farm_loan_balance_yuan" not in text

    page.type("#search input", "")
    page.await_text("farm_loan_balance", "dim_period")


def test_from_the_server_no_other_script_runs(server: str, page: Page) -> None:
    page.open(f"{server}/hostile.html")
    text = page.await_text("未运行", "dim_period")
    assert "运行了" not in text
