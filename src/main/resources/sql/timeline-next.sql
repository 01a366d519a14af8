-- The next instant, up to one, at which something falls due that may fire.
select min(d.due_at)
from deadline d
where d.state = 0 and d.due_at <= ?
  and (d.covered_by is null or d.due_at <= (select c.covered_until from coverage c where c.system = d.covered_by))
