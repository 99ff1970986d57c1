"""The lines about what arrives, in the order of the table."""

from tests.trust.deliveries.bit_flips import FLIPPED
from tests.trust.deliveries.by_the_thousand import BY_THE_THOUSAND
from tests.trust.deliveries.canaries import PERSONS
from tests.trust.deliveries.encodings import ENCODINGS
from tests.trust.deliveries.hostile_names import HOSTILE_NAMES
from tests.trust.deliveries.identifiers import IDENTIFIERS
from tests.trust.deliveries.injection import INJECTION
from tests.trust.deliveries.odd_workbooks import ODD_WORKBOOKS
from tests.trust.deliveries.same_again import SAME_AGAIN
from tests.trust.deliveries.still_written import STILL_WRITTEN
from tests.trust.deliveries.truncation import TRUNCATED
from tests.trust.lines import Line

DELIVERIES: list[Line] = [
    SAME_AGAIN,
    STILL_WRITTEN,
    TRUNCATED,
    FLIPPED,
    ODD_WORKBOOKS,
    ENCODINGS,
    IDENTIFIERS,
    HOSTILE_NAMES,
    INJECTION,
    PERSONS,
    BY_THE_THOUSAND,
]
