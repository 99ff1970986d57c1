"""The files that reporters send: layouts and habits, sheets and texts, containers of bytes.

Put here: how deliveries look.
Keep out: which values they hold, and what is wrong with them.
"""
