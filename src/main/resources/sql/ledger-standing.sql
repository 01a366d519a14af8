-- All bookings of these orders, oldest first, and which of them were taken back.
select l.subject, l.id, l.book, l.line, l.turn, l.unit, l.payer, l.amount, l.rule, l.price_row, r.id is not null as reversed
from ledger l
left join ledger r on r.subject = l.subject and r.reverses = l.id
where l.subject = any (?) and l.reverses is null
order by l.subject, l.id
