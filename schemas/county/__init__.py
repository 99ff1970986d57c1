"""What a county says of forms, indicators and itself, as its files write it.

Put here: the models of a county's TOML, and what tables and indicators follow from them. Keep out: reading the files
(`sources.county`), and what every county has (`schemas.forms`).
"""
