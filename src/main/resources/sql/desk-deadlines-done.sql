-- What fired or was closed or cancelled, in the same form.
select d.subject, d.id, coalesce(o.order_no, s.name) as about, d.ladder, d.rung, d.version, d.from_at, d.due_at, d.reports, null as covered_by,
  false as provisional, false as by_hand, d.state, d.opened_at, d.settled_at
from deadline_done d
left join orders o on o.id = d.subject and o.id >= ?
left join subject s on s.id = d.subject
where (d.subject, d.id) > (?, ?) and d.subject <= ?
  and (?::text is null or d.ladder = ?)
  and (?::text is null or d.state = ?)
order by d.subject, d.id
limit ?
