"""Drafts of contracts, from a workbook or text file that nobody has described yet.

Put here: what a sheet shows of its form (tables, headings, units, kinds of rows), the names and types that follow, and
the TOML that a steward then edits. What is not certain is marked, never guessed in silence.
Keep out: reading a contract that is accepted (`county`), and laying out a file by it (`layout`).
"""
