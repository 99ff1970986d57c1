"""What deliveries of this county are read by: data, and the modules that read it.

Put here: contracts, reporters, divisions, places and aliases, corrections, expected deliveries.
Keep out: anything that needs a file's cells (`layout`), and rules about rows (`schemas`).
"""
