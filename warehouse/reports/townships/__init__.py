"""The page of a year's figures by township: targets, heat tables, rankings with sparklines, villages.

Put here: which townships are ranked with which, and how the page looks.
Keep out: what a county says of itself (targets, positions on a map), which the page is handed.
"""
