select id, name, detail from subject where name = any (?) or id = any (?) order by id for update
