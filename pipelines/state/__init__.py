"""State beside the data: Dagster's home and event log, the lock, loads and their records, addresses.

Put here: what is read and written under `history/loads`, `dagster/` and `load.lock`.
Keep out: sending and showing.
"""
