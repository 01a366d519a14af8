select 'fact' as kind, f.name as what, f.source as who, f.happened_at as at, f.recorded_at as second, null as state, f.data::text as more,
  null as attempt
from fact f where f.subject = ?
union all
select 'effect', e.door, e.addressee, e.planned_at, null, e.state, e.reason, e.attempt from effect e where e.subject = ?
union all
select 'deadline', d.ladder || '/' || d.rung, d.reports, d.due_at, null, case d.state when 0 then 'OPEN' when 1 then 'PAUSED' else 'PARKED' end, null, null
from deadline d where d.subject = ?
union all
select 'deadline', d.ladder || '/' || d.rung, d.reports, d.due_at, d.settled_at, d.state, null, null
from deadline_done d where d.subject = ?
order by 4, 1 desc, 2
