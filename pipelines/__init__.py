"""When things run: the only package that imports Dagster.

Put here: jobs, schedules, sensors, and what calls the other packages in turn.
Keep out: work on data, see `sources` and `warehouse`.
"""
