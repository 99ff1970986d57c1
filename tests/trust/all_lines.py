"""All lines of the table, in its order."""

from tests.trust.lines import Line
from tests.trust.stops.kills import AT_RANDOM, IN_TURN

LINES: list[Line] = [IN_TURN, AT_RANDOM]
