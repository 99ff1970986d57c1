"""The Spark engine: the same models over HiveServer2, their tables as Parquet, the county's file cut from these.

Put here: what knows Spark, its server or its client; imported only where an address names a server.
Keep out: SQL of models, which both engines run as it stands.
"""
