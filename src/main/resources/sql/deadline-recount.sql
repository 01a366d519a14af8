-- The next rows after one, of these rungs of these texts, with what their time is counted by. Their subject is locked first, as everywhere.
select d.subject, d.id, d.ladder, d.version, d.rung, d.from_at, d.due_at, d.by_hand, o.dest_county as office, o.detail::text as detail
from deadline d
join orders o on o.id = d.subject
where not d.named and d.ladder || '/' || d.version || '/' || d.rung = any (?) and (d.subject, d.id) > (?, ?) and o.id >= ?
order by d.subject, d.id
limit ?
for update of o
