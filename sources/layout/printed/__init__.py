"""What a sheet prints of its own sums: totals, balances and rules among its columns, held against its rows.

Put here: reading and holding what is printed. Keep out: rules of tables, see the staged tables in `schemas/forms`.
"""
