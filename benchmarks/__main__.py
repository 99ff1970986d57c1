"""The benchmarks, `make bench`: two ratios against yardsticks of the same run.

Arguments choose from `ledger` and `workbooks`; without any, both are measured.
"""

import sys

from benchmarks.ledger import measure_ledger
from benchmarks.workbooks import measure_workbooks

MEASURES = {"ledger": measure_ledger, "workbooks": measure_workbooks}

for name in sys.argv[1:] or MEASURES:
    MEASURES[name]()
