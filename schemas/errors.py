"""The base of every error that the program raises on purpose."""


class XiangcangError(Exception):
    """A fault that a person must put right.

    Its text says what is wrong and what to do; the command line prints it.
    """
