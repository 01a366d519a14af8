-- What waited for a price and was taken back meanwhile.
delete from ledger_waiting w
using fact f
where w.subject = ? and f.subject = w.subject and f.id = w.fact and f.name = ? and f.id < ?
