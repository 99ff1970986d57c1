"""The answers that the worked questions must give on the sample, worked out without the warehouse's SQL.

From the sample's manifest where it has the figure, else from the staged rows of the deliveries in force. An
answer is a public function of a module here, named for the question's file; it is found by that name.
"""

import inspect
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from tests.warehouse.queries.answers.loaded_sample import Rows, Sample

Answer = Callable[[Sample], Rows]


def _all() -> dict[str, Answer]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return {
        name: function
        for module in modules
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        if list(inspect.signature(function).parameters) == ["sample"]
    }


ANSWERS = _all()
"""What works out the answer, by the name of the question's file."""
