-- The same for what is about no order.
select d.subject, d.id, d.ladder, d.version, d.rung, d.from_at, d.due_at, d.by_hand, coalesce(o.detail ->> 'county', '') as office, o.detail::text as detail
from deadline d
join subject o on o.id = d.subject
where d.named and d.ladder || '/' || d.version || '/' || d.rung = any (?) and (d.subject, d.id) > (?, ?) and o.id >= ?
order by d.subject, d.id
limit ?
for update of o
