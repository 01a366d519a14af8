-- What was done stays as it was written. Whoever owns the tables can get around the trigger, and the chain shows it: each link's hash is over the link
-- before it and the row. A row is sealed within seconds of its commit, by one node at a time, so that nobody who writes one waits for another.
create table audit_chain (
  no        bigint primary key, -- 1, 2, 3 … without gaps
  audit_id  bigint not null unique,
  hash      bytea not null,
  sealed_at timestamptz not null default now()
);
create function audit_stays() returns trigger language plpgsql as
$$ begin raise exception 'the audit is append-only' using errcode = '42501'; end $$;
create trigger audit_stays before update or delete on audit for each row execute function audit_stays();
create trigger audit_stays_whole before truncate on audit execute function audit_stays();
create trigger audit_chain_stays before update or delete on audit_chain for each row execute function audit_stays();
create trigger audit_chain_stays_whole before truncate on audit_chain execute function audit_stays();
