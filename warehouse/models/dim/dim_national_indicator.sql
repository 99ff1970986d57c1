-- The 22 indicators of the national plan, and the indicator here that feeds each.
-- grain, key: national_code; sources: source_national_indicator
select * from source_national_indicator
