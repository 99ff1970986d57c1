"""What each table, field, rule and indicator is, declared once; everything else is derived from it.

Put here: forms and tables (pandera models), row rules, balances, thresholds, definitions of indicators.
Keep out: files of deliveries, SQL models, Dagster; nothing here imports another package of the project.
"""
