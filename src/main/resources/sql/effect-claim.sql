-- state || '': found by key, never through the partial index of all that are under way, which statistics of a quiet hour call empty.
with claimed as (
  update effect e
  set state = 'SENDING', attempt = e.attempt + 1, asked = 0, bundle = null, sent_at = clock_timestamp(), changed_at = clock_timestamp()
  from unnest(?::bigint[], ?::bigint[]) as u (subject, id)
  where e.subject = u.subject and e.id = u.id and e.state || '' = 'RELAYED'
  returning e.subject, e.id, e.fact_id, e.door, e.addressee, e.args, e.attempt, e.asked, e.sent_at)
select c.*, f.name as fact_name, f.source_id, f.source, f.happened_at, f.data as fact_data, f.correlation, s.name as about, o.*
from claimed c
join fact f on f.subject = c.subject and f.id = c.fact_id
left join orders o on o.id = c.subject
left join subject s on o.id is null and s.id = c.subject
