insert into config_node (node, number, told_at, failure) values (?, ?, now(), ?)
on conflict (node) do update set number = excluded.number, told_at = excluded.told_at, failure = excluded.failure
