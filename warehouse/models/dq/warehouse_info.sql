-- What this warehouse says of itself; publishing adds its version.
-- grain, key: name; sources: source_build_info
select * from source_build_info
