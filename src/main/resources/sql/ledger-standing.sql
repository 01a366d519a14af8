-- All bookings of these orders, oldest first, and by which fact they were taken back.
select l.subject, l.id, l.book, l.line, l.turn, l.unit, l.payer, l.amount, l.rule, l.price_row, l.cause, f.name as reversed_by, r.cause as reversed_cause
from ledger l
left join ledger r on r.subject = l.subject and r.reverses = l.id
left join fact f on f.subject = r.subject and f.id = r.cause
where l.subject = any (?) and l.reverses is null
order by l.subject, l.id
