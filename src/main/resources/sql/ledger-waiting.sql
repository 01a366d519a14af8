-- What could not be booked, to be tried again.
select f.xid::text as xid, f.id as fact, f.subject, f.name, f.happened_at, o.*
from ledger_waiting w
join fact f on f.subject = w.subject and f.id = w.fact
join orders o on o.id = w.subject
order by f.xid, f.id
limit ?
