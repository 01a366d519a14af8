-- What waited and is booked now, or owes nothing any more.
delete from ledger_waiting w
using unnest(?::bigint[], ?::bigint[]) as u (subject, fact)
where w.subject = u.subject and w.fact = u.fact
