"""Figures of indicators: the rows that they come from, their trace to cells, and their history by version.

Put here: what turns the indicators of `schemas` into SQL and frames, and what follows a figure back.
Keep out: definitions of indicators (`schemas/forms/`), printed forms of figures (`reports/`).
"""
