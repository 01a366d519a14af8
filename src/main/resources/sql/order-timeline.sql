select 'fact' as kind, f.name as what, f.source as who, f.happened_at as at, f.recorded_at as second, null as state, f.data::text as more,
  null as attempt, f.id, null::bigint as because
from fact f where f.subject = ?
union all
select 'effect', e.door, e.addressee, e.planned_at, e.changed_at, e.state, e.reason, e.attempt, e.id, e.fact_id from effect e where e.subject = ?
union all
select 'deadline', d.ladder || '/' || d.rung, d.reports, d.due_at, null, case d.state when 0 then 'OPEN' when 1 then 'PAUSED' else 'PARKED' end, null, null,
  d.id, d.opened_by
from deadline d where d.subject = ?
union all
select 'deadline', d.ladder || '/' || d.rung, d.reports, d.due_at, d.settled_at, d.state, null, null, d.id, d.opened_by
from deadline_done d where d.subject = ?
order by 4, 1 desc, 2
