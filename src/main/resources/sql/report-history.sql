-- The numbers of some days as they were counted then, oldest first.
select data::text from fact where source = 'mail' and source_id = any (?) order by source_id
