"""A workbook's cells marked, for the copy that goes back to its sender; run in the reading process.

Put here: what needs openpyxl and a stranger's bytes, and the names and lines that both processes share.
Keep out: which reasons and cells there are (`replies`).
"""
