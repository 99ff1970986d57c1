-- Periods that are settled by decision.
-- grain, key: period; sources: source_settled_period
select * from source_settled_period
