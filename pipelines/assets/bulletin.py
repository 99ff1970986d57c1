"""The bulletin as an asset: pages for people, written from what was just published."""

from pathlib import Path

import dagster as dg

from pipelines.assets.forms import figure_links
from pipelines.assets.groups import PUBLISHING
from pipelines.assets.resources import HeldHome
from pipelines.assets.tables import key_of_table, markdown
from pipelines.pages.published import (
    bulletin_years,
    first_year_with_pages,
    read_bulletin,
    write_bulletin,
    write_dictionary,
)
from pipelines.pages.year import remove_pages_beside, write_pages_beside
from pipelines.state.addresses import address_of, pages_folder
from sources.county.references import References
from warehouse.reports.bulletin.content import Bulletin


def bulletin_asset(references: References, root: Path) -> dg.AssetsDefinition:
    """Every page but that of the data's quality, which each end of a run writes.

    Links to pages stand with the definition, not with a run: so they follow the port on which the UI runs now.
    """

    @dg.asset(
        key="bulletin",
        deps=[key_of_table("mart_figure"), key_of_table("dim_indicator")],
        group_name=PUBLISHING,
        kinds={"html", "word", "excel"},
        owners=["team:数据管理员"],
        description="公报：各年的网页、文档与电子表，每个数附来源与追溯命令；最近整年起的分乡镇、溯源页；数据字典。在 pages/ 下",
        metadata=figure_links(references) | _page_links(pages_folder(root)),
    )
    def write_pages(context: dg.AssetExecutionContext, held: HeldHome) -> dg.MaterializeResult[None]:
        """Write the bulletin of each year that was reported on, and show the newest year's figures.

        What stands beside a bulletin is written of the last full year and of one begun since: it costs as much for each.
        """
        with held.step(context):
            folder = pages_folder(held.home.root)
            metadata: dict[str, dg.MetadataValue] = {}
            first = first_year_with_pages(held.store)
            for year in bulletin_years(held.store):
                has_pages = first is not None and year >= first
                if has_pages:
                    townships, traces = write_pages_beside(held.home.root, year, folder)
                    metadata["townships"] = dg.MetadataValue.text(townships.name)
                    metadata["trace_pages"] = dg.MetadataValue.int(len(traces))
                else:
                    remove_pages_beside(folder, year)
                bulletin = read_bulletin(held.store, year)
                page, document, workbook = write_bulletin(bulletin, folder, traced=has_pages)
                metadata[f"bulletin_{year}"] = dg.MetadataValue.text(page.name)
                metadata[f"document_{year}"] = dg.MetadataValue.text(document.name)
                metadata[f"workbook_{year}"] = dg.MetadataValue.text(workbook.name)
                metadata["figures"] = dg.MetadataValue.md(_figures(bulletin))
            _, dictionary = write_dictionary(held.home.root, folder)
            metadata["dictionary"] = dg.MetadataValue.text(dictionary.name)
            return dg.MaterializeResult(metadata=metadata)

    return write_pages


def _page_links(folder: Path) -> dict[str, dg.MetadataValue]:
    """Link to the pages that there are."""
    return {page.stem: dg.MetadataValue.url(address_of(page)) for page in sorted(folder.glob("*.html"))}


def _figures(bulletin: Bulletin) -> str:
    return markdown(
        ("章", "指标", f"{bulletin.year}年", "来源行数", "状态"),
        (
            (chapter.name, line.name, line.rendered, line.source_rows, line.status)
            for chapter in bulletin.chapters
            for line in chapter.lines
        ),
    )
