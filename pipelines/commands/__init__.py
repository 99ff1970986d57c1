"""The commands: a module each, whose `run` does it and gives the exit code; imported only when it is called.

Put here: what a command reads, calls and prints.
Keep out: Dagster at import, unless the command needs it.
"""

from schemas.errors import XiangcangError


class Refused(XiangcangError):
    """A command cannot be done; the message says why and what to do.

    is_answered: whether the answer, as the object that `--json` asks for, is printed already.
    """

    def __init__(self, message: str, *, is_answered: bool = False) -> None:
        super().__init__(message)
        self.is_answered = is_answered
