"""Measurements that are not tests: cost against peers and yardsticks, the quality drill, comparison of homes.

Put here: what measures the program or compares its output as a whole, too long or too coarse for tests.
Keep out: anything that the program imports; it is not installed with it.
"""
