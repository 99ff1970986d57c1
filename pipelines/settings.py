"""Settings of the checks, read before anything is received: a build that would fail of them is not begun."""

from difflib import get_close_matches

from schemas.files.toml_file import SettingsRefused
from schemas.thresholds import THRESHOLDS, thresholds_file
from sources.county.lists.plausible_bands import BANDS, read_plausible_bands
from sources.county.references import References
from sources.staging.row_checks import row_rules
from warehouse.checks.table_checks import all_checks
from warehouse.figures.conditions import wrong_conditions
from warehouse.reports.bulletin.county_text import BULLETINS, read_county_text


def check_settings(references: References) -> None:
    """See that what the county's settings name exists: rules with limits, indicators, numbers of bands, figures of a text.

    Raises SettingsRefused, BandError.
    """
    catalogue = references.catalogue
    if faults := list(wrong_conditions(catalogue)):
        raise SettingsRefused("；".join(faults))
    read_county_text(references.folder / BULLETINS, catalogue.indicators)
    bands = read_plausible_bands(references.folder / BANDS, catalogue)
    names = {check.name for check in all_checks(catalogue, bands)}
    limited = catalogue.thresholds.rule.keys() - names
    if limited:  # the rules on rows, which take longer to list
        names |= {rule for table in references.tables for rule in row_rules(references, table)}
    if unknown := sorted(limited - names):
        own = references.folder / THRESHOLDS.name
        file = thresholds_file(own if own.exists() else THRESHOLDS)
        raise file.refusal((("rule", name), _describe(name, names)) for name in unknown)


def _describe(name: str, names: set[str]) -> str:
    near = "、".join(get_close_matches(name, names))
    return f"没有这条规则；{f'相近的有：{near}；' if near else ''}规则的名称见 dq_check_result 的 check_name"
