select name, happened_at, data::text from fact f
where subject = ? and data ->> 'opCode' is not null
  and not exists (select from fact r where r.source = f.source and r.source_id = f.source_id || '/retracted')
order by happened_at, id
