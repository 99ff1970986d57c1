"""Folders and files of one installation, under XIANGCANG_HOME.

Put here: what is written to or read from disk whole: inbox, archive, receipts, keys.
Keep out: what a file's bytes mean (`reading`), rows and their Parquet files (`staging`), replies (`replies`).
"""
