"""Blank forms for those who report, generated from contract and table."""
