-- The file itself stays known: its name means its content.
delete from dropped_line where file in (select id from dropped_file where told_at < now() - ? * interval '1 second')
