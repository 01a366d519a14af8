select id, name, series, period_at, lines from dropped_file f
where system = ? and state = 'STAGED' and not exists (select from dropped_piece p where p.file = f.id)
order by id
limit 1
for update skip locked
