"""The commands: a module each, whose `run` does it and gives the exit code; imported only when it is called.

Put here: what a command reads, calls and prints.
Keep out: Dagster at import, unless the command needs it.
"""

from schemas.errors import XiangcangError


class Refused(XiangcangError):
    """A command cannot be done; the message says why and what to do."""
