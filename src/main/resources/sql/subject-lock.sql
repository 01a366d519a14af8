select id, name from subject where name = any (?) order by id for update
