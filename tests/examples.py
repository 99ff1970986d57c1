"""How many examples the tests of properties try: a quarter of the whole in `make test`, all in `make test-long`."""

from hypothesis import settings

THIN, WHOLE = "thin", "whole"
USUAL = 100
"""The examples of a test that does not say how many it needs."""

settings.register_profile(WHOLE, deadline=None, max_examples=USUAL)
settings.register_profile(THIN, deadline=None, max_examples=USUAL // 4, derandomize=True, database=None)


def examples(whole: int) -> settings:
    """Settings of a test that needs so many examples, or so few, in the whole profile."""
    return settings(max_examples=max(1, whole * settings().max_examples // USUAL))
