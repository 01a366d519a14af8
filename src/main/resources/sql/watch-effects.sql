-- How many effects stand where, and how long the oldest has been owed, in business time.
select e.door, e.state, count(*) as effects,
  extract(epoch from hub_now() - min(coalesce(e.not_before, e.planned_at))
    filter (where e.not_before is null or e.not_before <= hub_now())) as age
from effect e where e.state <> 'ACCEPTED' and e.state <> 'DEAD'
group by e.door, e.state
union all
select e.door, 'DEAD', count(*), null from effect e where e.state = 'DEAD' group by e.door
