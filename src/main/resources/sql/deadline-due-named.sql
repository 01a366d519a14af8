-- The same for what is about no order: few, and found by an index of their own.
select d.subject, d.id, d.due_at
from deadline d join subject o on o.id = d.subject
where d.due_at >= ? and d.state = 0 and d.named and d.due_at <= hub_now()
  and (d.covered_by is null or d.due_at <= (select c.covered_until from coverage c where c.system = d.covered_by))
order by d.due_at, d.subject, d.id
limit ?
for update of o skip locked
