"""The build of a new database file from sources, and its publication as a version.

Put here: the order of models, the build, fingerprints of inputs and code, versions, rollback and recovery.
Keep out: the SQL of models (`models/`), the rules that block publication (`checks/`), reports.
"""
