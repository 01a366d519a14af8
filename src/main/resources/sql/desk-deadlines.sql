-- What is open, page by page; between two subjects, both included.
select d.subject, d.id, coalesce(o.order_no, s.name) as about, d.ladder, d.rung, d.version, d.from_at, d.due_at, d.reports, d.covered_by,
  d.provisional, d.by_hand, case d.state when 0 then 'OPEN' when 1 then 'PAUSED' else 'PARKED' end as state, d.opened_at, null as settled_at
from deadline d
left join orders o on o.id = d.subject and o.id >= ?
left join subject s on s.id = d.subject
where (d.subject, d.id) > (?, ?) and d.subject <= ?
  and (?::text is null or d.ladder = ?)
  and (?::text is null or d.state = case ? when 'OPEN' then 0 when 'PAUSED' then 1 else 2 end)
order by d.subject, d.id
limit ?
