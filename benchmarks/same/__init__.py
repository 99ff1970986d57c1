"""Comparison of two homes, whatever code made them: tables, files, pages, run history, answers to commands.

Put here: a module for each kind of data that is compared, and how the homes are made.
Keep out: the project's packages, whose layouts differ between the commits compared; only drill_inbox has them.
"""
