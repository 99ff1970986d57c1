"""The lines about what arrives, in the order of the table."""

from tests.trust.deliveries.bit_flips import FLIPPED
from tests.trust.deliveries.truncation import TRUNCATED
from tests.trust.lines import Line

DELIVERIES: list[Line] = [TRUNCATED, FLIPPED]
