"""A county's lists, which a steward keeps as CSV: divisions, aliases, reporters, bands; each line held against the others.

Put here: a list and what is wrong with a line of it. Keep out: contracts, and what is read by the lists (`references`).
"""
