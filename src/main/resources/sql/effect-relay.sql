-- At one door an order's later effects wait for its earlier ones; at a door that speaks to many (parameter 1: their names) only for
-- those to the same addressee.
with ready as materialized (
  select e.subject, e.id
  from effect e
  where e.state in ('PENDING', 'RETRY')
    and (e.next_attempt_at is null or e.next_attempt_at <= now())
    and (e.not_before is null or e.not_before <= hub_now())
    and not exists (
      select from effect b
      where b.subject = e.subject and b.door = e.door and b.id < e.id and b.state <> 'ACCEPTED' and b.state <> 'DEAD'
        and (b.addressee = e.addressee or e.door <> all (?)))
  order by e.id
  limit ?
  for update of e skip locked)
update effect e
set state = 'RELAYED', changed_at = clock_timestamp()
from ready r
where e.subject = r.subject and e.id = r.id
returning e.subject, e.id, e.door
