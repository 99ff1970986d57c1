"""Rules on built tables and their results: one SQL file a rule, and rules generated from the schemas.

Put here: SELECTs of the rows that break a rule, the code that generates and runs them, findings.
Keep out: rules on single rows and thresholds of severity (`schemas/`), pages about results (`reports/`).
"""
