"""All lines of the table, in its order."""

from tests.trust.deliveries.all_deliveries import DELIVERIES
from tests.trust.lines import Line
from tests.trust.stops.at_once import AT_ONCE, THROUGH
from tests.trust.stops.disk import FULL, REFUSALS
from tests.trust.stops.kills import AT_RANDOM, IN_TURN
from tests.trust.stored.clocks import CLOCKS
from tests.trust.stored.copies import BACKUPS, UPGRADE
from tests.trust.stored.damage import DAMAGE

LINES: list[Line] = [
    IN_TURN, AT_RANDOM, REFUSALS, FULL, AT_ONCE, THROUGH,
    *DELIVERIES,
    DAMAGE, CLOCKS, BACKUPS, UPGRADE,
]  # fmt: skip
