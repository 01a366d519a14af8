with claimed as (
  update effect set state = 'SENDING', attempt = attempt + 1, changed_at = clock_timestamp()
  where subject = ? and id = ? and state = 'RELAYED'
  returning subject, id, fact_id, door, addressee, args, attempt)
select c.*, f.name as fact_name, f.source_id, f.source, f.happened_at, f.data as fact_data, f.correlation, o.*
from claimed c
join fact f on f.subject = c.subject and f.id = c.fact_id
left join orders o on o.id = c.subject
