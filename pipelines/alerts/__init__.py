"""Alerts: what they say, where they go, when one is due.

Put here: messages and channels, made of load records.
Keep out: cells, names of files and persons: an alert leaves the house.
"""
