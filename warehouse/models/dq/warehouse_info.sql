-- Facts about this warehouse by name; publication adds its version and time.
-- grain, key: name; sources: source_build_info
select * from source_build_info
