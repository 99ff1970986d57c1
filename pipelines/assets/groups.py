"""Groups of assets: by subject, as the bulletin's chapters are, so that one picture shows a form from delivery to mart.

The layer is the prefix of a key and a kind of the asset.
"""

from collections.abc import Mapping
from functools import cache

from schemas.catalogue import Catalogue
from warehouse.build.order import dependencies

CHAPTERS = {
    "党建与治理": "party",
    "特优农业": "agriculture",
    "乡村建设": "construction",
    "增收与金融": "income_finance",
}
"""The group of each chapter."""

INTAKE, DIMENSIONS, QUALITY, PUBLISHING, OTHER = (
    "intake",
    "dimensions",
    "quality",
    "publishing",
    "other_subjects",
)
"""What is of no chapter; and forms and marts of chapters that only one county has, or of none."""


def group_of_form(catalogue: Catalogue, table: str) -> str:
    """Give the group of a form and its staged table."""
    return _groups_of_staged(catalogue).get(f"staged_{table}", OTHER)


def group_of_model(catalogue: Catalogue, model: str) -> str:
    """Give the group of a built table: of a fact its form's, of a mart that of all its facts, if they share one."""
    layer = model.partition("_")[0]
    if layer in ("fact", "mart"):
        groups = _groups_read(catalogue, model)
        if len(groups) == 1:
            return next(iter(groups))
        return PUBLISHING if layer == "mart" else OTHER
    return DIMENSIONS if layer == "dim" else QUALITY


def _groups_read(catalogue: Catalogue, model: str) -> set[str]:
    """List the groups of the staged tables that a table is made of, directly or by facts; none where it reads no form."""
    reads, staged = dependencies(catalogue), _groups_of_staged(catalogue)
    groups: set[str] = set()
    for relation in reads[model]:
        if relation in staged:
            groups.add(staged[relation])
        elif relation.startswith(("fact_", "mart_")):
            groups |= _groups_read(catalogue, relation)
    return groups


@cache
def _groups_of_staged(catalogue: Catalogue) -> Mapping[str, str]:
    """Map staged tables to groups: that of the chapter in which most indicators of their facts stand."""
    reads = dependencies(catalogue)
    chapters: dict[str, list[str]] = {}
    for indicator in catalogue.indicators.values():
        for fact in {term.table for _, term in indicator.terms}:
            for relation in reads.get(fact, ()):
                if relation.startswith("staged_"):
                    chapters.setdefault(relation, []).append(indicator.chapter)
    return {
        relation: CHAPTERS.get(max(sorted(set(names)), key=names.count), OTHER)
        for relation, names in chapters.items()
    }
