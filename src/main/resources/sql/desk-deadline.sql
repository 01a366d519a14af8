select d.subject, d.id, coalesce(o.order_no, s.name) as about, d.ladder, d.rung, d.version, d.from_at, d.due_at, d.reports, d.covered_by,
  d.provisional, d.by_hand, d.state, d.opened_at, d.settled_at
from (
  select subject, id, ladder, rung, version, from_at, due_at, reports, covered_by, provisional, by_hand,
    case state when 0 then 'OPEN' when 1 then 'PAUSED' else 'PARKED' end as state, opened_at, null as settled_at
  from deadline
  union all
  select subject, id, ladder, rung, version, from_at, due_at, reports, null, false, false, state, opened_at, settled_at from deadline_done) d
left join orders o on o.id = d.subject
left join subject s on s.id = d.subject
where d.subject = ? and d.id = ?
