-- Places of the cells of each field in a delivery.
-- grain, key: delivery_id x sheet_name x sheet_block x field; sources: source_field_place
select * from source_field_place
