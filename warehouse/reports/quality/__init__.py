"""The quality page: what was reported, what failed, what disagrees, and where to look first.

Put here: the content of the page as plain data, its queries on the published warehouse, its templates.
Keep out: rules and scores (`checks/`, `models/dq/`), reading of receipts and loads (`pipelines/pages/`).
"""
