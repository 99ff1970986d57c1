-- Definitions of indicators.
-- grain, key: indicator_code; sources: source_indicator
select * from source_indicator
