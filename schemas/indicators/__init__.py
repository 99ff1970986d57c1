"""The indicators, found in the modules here: each lists its own in `INDICATORS`."""

from importlib import import_module
from pkgutil import iter_modules

from schemas.indicator import Indicator


def _all() -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for module in iter_modules(__path__):
        for indicator in import_module(f"{__name__}.{module.name}").INDICATORS:
            if found.setdefault(indicator.code, indicator) is not indicator:
                raise ValueError(f"two indicators are called {indicator.code}")
    return found


INDICATORS = _all()
"""By code."""
