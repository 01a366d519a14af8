select id, name, claimed, encode(sha256, 'hex') as sha256, lines, state, fault, coalesce(again, id) as lines_of, again is not null as repeated,
  taken, seen, refused, set_aside, staged_at
from dropped_file f
where system = ? and told_at is null and state <> 'STAGED'
  and (again is null or exists (select from dropped_file e where e.id = f.again and e.state = 'READ'))
order by id
limit 1
for update skip locked
