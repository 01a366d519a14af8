-- The subject's row is locked first, as everywhere; what somebody else holds is left for the next round.
select d.subject, d.id, d.due_at
from deadline d join orders o on o.id = d.subject
where d.due_at >= ? and d.state = 0 and d.covered_by is null and not d.named and d.due_at <= hub_now()
order by d.due_at, d.subject, d.id
limit ?
for update of o skip locked
