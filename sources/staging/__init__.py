"""Staging: candidate rows to typed, validated rows in Parquet, and every reason of the rejected ones.

Put here: corrections, parsing, pseudonyms, splitting into accepted and rejected, reconciling totals.
Keep out: finding rows in a sheet (`layout`), the rules themselves (`schemas`), texts for senders (`replies`).
"""
