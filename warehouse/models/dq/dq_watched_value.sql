-- The numbers that are held against others, as schemas/watched.toml names them.
-- grain: fact_table x field x fact row; sources: the facts named there, dq_delivery
@watched_values()
