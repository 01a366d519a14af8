-- All of one subject, in the same form. Parameters: cursor, subject, state, door.
select e.subject, e.id, coalesce(o.order_no, s.name) as about, f.name as fact, e.door, e.addressee, e.state, e.attempt, e.asked, e.reason,
  e.planned_at, e.not_before, e.sent_at, e.changed_at, e.next_attempt_at
from effect e
join fact f on f.subject = e.subject and f.id = e.fact_id
left join orders o on o.id = e.subject
left join subject s on s.id = e.subject
where e.subject = ? and e.id > ?
  and (?::text is null or e.state = ?)
  and (?::text is null or e.door = ?)
order by e.id
limit ?
