"""Tables that no single form gives: what a build is given beside staged rows, dimensions, marts, data quality.

Put here: models of such tables, one module a subject.
Keep out: tables of one form, which stand in forms/, and SQL (warehouse/models/).
"""
