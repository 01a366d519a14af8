-- What the price list has no price for; said again only where the reason is another.
insert into ledger_waiting (subject, fact, reason, since) values (?, ?, ?, hub_now())
on conflict (subject, fact) do update set reason = excluded.reason where ledger_waiting.reason <> excluded.reason
