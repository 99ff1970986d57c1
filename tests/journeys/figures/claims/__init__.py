"""Figures of the sample district when something of a form is taken out, and what they claim then.

Put here: whole builds of a changed sample. Keep out: small districts that show one claim, see `tests/warehouse/models`.
"""
