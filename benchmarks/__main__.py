"""The benchmarks, `make bench`: ratios against yardsticks of the same run, each in a process of its own.

Arguments choose from `ledger`, `workbooks` and `figures`; without any, all are measured.
"""

import sys

from benchmarks.figures import measure_figures
from benchmarks.ledger import measure_ledger
from benchmarks.workbooks import measure_workbooks

MEASURES = {"ledger": measure_ledger, "workbooks": measure_workbooks, "figures": measure_figures}

for name in sys.argv[1:] or MEASURES:
    MEASURES[name]()
