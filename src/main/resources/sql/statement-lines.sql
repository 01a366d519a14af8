-- One unit's month, a row for each order and book; what belongs to an earlier month and was booked after that had closed stands apart as a correction.
select o.*, o.id as subject, l.book, l.correction, l.payer, l.day, l.postage, l.services, l.insurance, l.collected, l.reversed
from (
  select subject, book, payer,
    period <> to_char(happened_at at time zone 'Asia/Shanghai', 'YYYY-MM') as correction,
    min(happened_at) as day,
    sum(amount) filter (where line = 'POSTAGE') as postage,
    sum(amount) filter (where line = 'INSURANCE') as insurance,
    sum(amount) filter (where line not in ('POSTAGE', 'INSURANCE')) as services,
    sum(amount) filter (where line = 'COLLECTED') as collected,
    bool_or(reverses is not null) as reversed
  from ledger
  where unit = ? and period = ?
  group by 1, 2, 3, 4) l
join orders o on o.id = l.subject
order by l.correction, l.day, o.order_no, l.book
