"""Text of one cell or label, read by explicit rules.

Put here: what needs nothing but a text: labels as compared, numbers, dates, units of measure, periods.
Keep out: where a text stands (`layout`), and what a county calls its places (`county`).
"""
