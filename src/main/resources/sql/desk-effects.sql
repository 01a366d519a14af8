-- What waits for a person, or for a partner's answer, page by page. Parameters: cursor twice, state, door.
select e.subject, e.id, coalesce(o.order_no, s.name) as about, f.name as fact, e.door, e.addressee, e.state, e.attempt, e.asked, e.reason,
  e.planned_at, e.not_before, e.sent_at, e.changed_at, e.next_attempt_at
from effect e
join fact f on f.subject = e.subject and f.id = e.fact_id
left join orders o on o.id = e.subject
left join subject s on s.id = e.subject
where (e.state = 'UNKNOWN' or e.state = 'DEAD')
  and (e.subject, e.id) > (?, ?)
  and (?::text is null or e.state = ?)
  and (?::text is null or e.door = ?)
order by e.subject, e.id
limit ?
