"""Replies: what goes back to a sender in the outbox, as HTML, Excel, text and a marked copy of the workbook.

Put here: the content of a reply, its forms, and which cells a copy leaves out.
Keep out: marking the cells of a workbook (`reading.marking`), reasons and their messages (`staging`).
"""
