"""The README's pictures that are of no page: `python -m tests.browser.pictures HOME FOLDER`; needs LibreOffice too.

graph.png is Dagster's graph of one subject; marked.png a workbook that went back to its sender, as LibreOffice shows it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.state.addresses import UI_PORT, served_on
from tests.browser.page import Page, open_browser
from tests.pipelines.serving import served

GROUP = "/locations/__repository__@xiangcang/asset-groups/agriculture/lineage"
DRAWN_SECONDS = 5
"""The graph moves into its place, and its assets take the colours of their last runs."""

MARKED = "outbox/云冈镇/退回_云冈镇2021年第三季度农产品加工统计表.*.退回标注.xlsx"
GRID = """<style>
hr, center { display: none; }
body { margin: 14px; overflow: hidden; } h1 { margin: 14px 0 0; font-size: 0; }
h1 em { padding: 3px 14px; background: #217346; color: #fff; font: 13px "Noto Sans CJK SC"; }
table { width: 100%; border-collapse: collapse; }
td { height: 20px; padding: 2px 4px; border: 1px solid #d4d4d4; } td, td font { font: 12px "Noto Sans CJK SC"; }
</style></head>"""
"""What LibreOffice leaves out of a sheet as HTML: its tab and the lines between its cells."""


def picture_graph(page: Page, home: Path, picture: Path) -> None:
    """Take the graph so far off that assets show their names alone, and forms are seen from delivery to fact."""
    os.environ |= served_on(UI_PORT, os.environ)  # pages link there, not to a port that closes again
    with served(home, "--no-daemon") as (address, _):
        page.resize(1200, 1500, 0.5)
        page.open(f"{address}/runs")
        page.click("Hide navigation")
        page.open(address + GROUP)
        page.await_text("rural_tourism", "certified_product")
        time.sleep(DRAWN_SECONDS)
        page.screenshot(picture)


def picture_workbook(page: Page, workbook: Path, picture: Path) -> None:
    """Take both sheets of a marked copy: the reasons, and the cells that they are about."""
    with TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "html", "--outdir", folder, workbook],
            check=True,
            capture_output=True,
        )
        sheets = Path(folder, workbook.with_suffix(".html").name)
        sheets.write_text(sheets.read_text("utf-8").replace("</head>", GRID), "utf-8")
        page.resize(1100, 520)
        page.open(sheets.as_uri())
        page.await_text("哪里不对，怎么改", "报告期")
        page.screenshot(picture)


def main() -> None:
    """Take both."""
    home, pictures = (Path(argument).absolute() for argument in sys.argv[1:])
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile, open_browser(Path(profile)) as page:
        picture_workbook(page, next(home.glob(MARKED)), pictures / "marked.png")
        picture_graph(page, home, pictures / "graph.png")


if __name__ == "__main__":
    main()
