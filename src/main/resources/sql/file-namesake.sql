select id, sha256 from dropped_file
where system = ? and name = ? and id <> ? and state <> 'REFUSED' and again is null
order by id limit 1
