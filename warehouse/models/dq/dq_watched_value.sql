-- Watched numbers, which are compared with others: the columns named in schemas/watched.toml.
-- grain: fact_table x field x fact row; sources: the facts named there, dq_delivery
@watched_values()
