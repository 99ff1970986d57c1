"""Settings of the checks, read before anything is received: a build that would fail of them is not begun."""

from difflib import get_close_matches

from schemas.thresholds import THRESHOLDS, thresholds
from sources.county.plausible_bands import BANDS, read_plausible_bands
from sources.county.references import References
from sources.staging.row_checks import row_rules
from warehouse.checks.table_checks import all_checks


def check_settings(references: References) -> None:
    """Read limits, watched numbers and balances, and see that each rule with limits of its own exists.

    Raises SettingsRefused, BandError.
    """
    bands = read_plausible_bands(references.folder / BANDS)
    names = {check.name for check in all_checks(bands)}
    limited = thresholds().rule.keys() - names
    if limited:  # the rules on rows, which take longer to list
        names |= {rule for table in references.tables for rule in row_rules(references, table)}
    if unknown := sorted(limited - names):
        raise THRESHOLDS.refusal((("rule", name), _describe(name, names)) for name in unknown)


def _describe(name: str, names: set[str]) -> str:
    near = "、".join(get_close_matches(name, names))
    return f"没有这条规则；{f'相近的有：{near}；' if near else ''}规则的名称见 dq_check_result 的 check_name"
