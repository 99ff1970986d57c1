"""Bytes of a file to its cells, or to lines of text.

Put here: one reader a format, the process that they run in, encodings, and cells read back from the archive.
Keep out: what a cell means (`layout`), forms and their titles (`county`).
"""
