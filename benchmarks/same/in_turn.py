"""Calls of a console script, one after the other in one process.

It is run with the Python of the checkout whose answers are compared, `python -P in_turn.py NAME < calls.json`,
where calls are lists of arguments, and prints a JSON list of their outcomes.
Keep to the standard library: nothing of this project, of whichever commit, is imported by name.
"""

import contextlib
import io
import json
import sys
import traceback
from collections.abc import Callable
from importlib.metadata import entry_points


def call(run: Callable[[], object], name: str, arguments: list[str]) -> dict[str, object]:
    """Call a console script as its command line would; return exit code, output and last line of the errors."""
    sys.argv = [name, *arguments]
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            code = _exit_code(run())
        except SystemExit as ended:
            code = _exit_code(ended.code)
        except Exception:  # noqa: BLE001 - an answer like any other
            traceback.print_exc()
            code = 1
    last_error = ["", *errors.getvalue().strip().splitlines()][-1]
    return {
        "exit_code": code,
        "output": output.getvalue(),
        "last_error": last_error,
    }


def _exit_code(status: object) -> int:
    """Return the exit code that the interpreter gives for what a script returned or exited with."""
    return status if isinstance(status, int) else int(status is not None)


def main() -> None:
    """Answer the calls on standard input."""
    name = sys.argv[1]
    (script,) = entry_points(group="console_scripts", name=name)
    run = script.load()
    print(json.dumps([call(run, name, arguments) for arguments in json.loads(sys.stdin.read())]))


if __name__ == "__main__":
    main()
