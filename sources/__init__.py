"""What arrives: a county's contracts, the inbox, and reading files into staged rows and receipts.

Put here: the ways of a file through the rooms (intake, check, deliveries), and tables made of receipts.
Keep out: what a row must be (`schemas`), SQL (`warehouse`), when anything runs (`pipelines`).
"""
