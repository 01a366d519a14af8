-- Of which partners are to be asked now; for a minute no other node asks about these. Parameters: doors, how many.
-- What went in another's message is not asked about: it shares that one's fate.
with due as materialized (
  select ctid as place
  from effect
  where state = 'UNKNOWN' and door = any (?) and next_attempt_at <= now() and bundle is null
  order by next_attempt_at
  limit ?
  for update skip locked),
taken as (
  update effect e set next_attempt_at = now() + interval '1 minute'
  where e.ctid = any (array(select place from due))
  returning e.subject, e.id, e.fact_id, e.door, e.addressee, e.args, e.attempt, e.asked, coalesce(e.sent_at, e.changed_at) as sent_at)
select t.*, f.name as fact_name, f.source_id, f.source, f.happened_at, f.data as fact_data, f.correlation, s.name as about, o.*
from taken t
join fact f on f.subject = t.subject and f.id = t.fact_id
left join orders o on o.id = t.subject
left join subject s on o.id is null and s.id = t.subject
