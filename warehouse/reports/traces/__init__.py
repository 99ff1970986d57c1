"""Trace pages: one a figure of a year's bulletin, from the figure to deliveries, rows and cells.

Put here: the address of a figure's page, its content, how it looks.
Keep out: reading archived files, and what of them may be shown (`pipelines/pages/traces.py`).
"""
