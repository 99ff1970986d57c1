"""Definitions of all indicators, collected from the modules here.

Put here: a module a form (or list) whose `INDICATORS` lists what its fact feeds.
Keep out: SQL beyond the filter and aggregate of a term; figures are computed in the warehouse.
"""

from importlib import import_module
from pkgutil import iter_modules

from schemas.indicator import Indicator


def _collect_indicators() -> dict[str, Indicator]:
    indicators: dict[str, Indicator] = {}
    for module in iter_modules(__path__):
        for indicator in import_module(f"{__name__}.{module.name}").INDICATORS:
            if indicators.setdefault(indicator.code, indicator) is not indicator:
                raise ValueError(f"two indicators are called {indicator.code}")
    return indicators


INDICATORS = _collect_indicators()
"""Indicators by code."""
