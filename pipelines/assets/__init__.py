"""Assets, their checks, and the resource that holds the home.

Put here: what Dagster shows and runs, one module a stage.
Keep out: the work itself: call `sources`, `warehouse` or `pages`.
"""
