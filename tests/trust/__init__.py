"""What may happen to a home, a line a fault, each tried so often that a number can be given; `make trust` counts.

Put here: faults, and what must hold after each. A trial runs in a process of its own, forked from one that has started no
thread, so that a load costs no imports and can be killed.
Keep out: what one input should come to; that is a test beside the code.
"""
