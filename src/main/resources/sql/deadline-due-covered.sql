-- The same for what needs a system asked first, as far as it was asked: what lies beyond is not even looked at, however much it is.
select d.subject, d.id, d.due_at
from deadline d join orders o on o.id = d.subject
where d.due_at >= ? and d.state = 0 and not d.named and d.covered_by = ? and d.due_at <= least(hub_now(), ?)
order by d.due_at, d.subject, d.id
limit ?
for update of o skip locked
