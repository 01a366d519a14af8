select name, happened_at, data::text from fact
where subject = ? and data ->> 'opCode' is not null
order by happened_at, id
