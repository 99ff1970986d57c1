"""The commands: a module each, whose `run` does it and gives the exit code. Imported only when it is called."""

from schemas.errors import XiangcangError


class Refused(XiangcangError):
    """A command cannot be done; the message says why and what to do."""
