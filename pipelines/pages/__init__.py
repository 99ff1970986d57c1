"""Pages of a home: reading what a page needs, writing and serving it.

Put here: which data a page is made of.
Keep out: how a page looks, see `warehouse.reports`.
"""
