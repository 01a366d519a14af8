-- Remembers when, so that a fact from before that instant which is recorded later opens nothing.
-- guarded: only what was counted from no later an instant; a late event does not end a newer climb.
with u as (
  select subject, fact, ladder, at::timestamptz, guarded::boolean
  from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[]) as u (subject, fact, ladder, at, guarded)),
closed as (
  delete from deadline d using u
  where d.subject = u.subject and d.ladder = u.ladder and (not u.guarded or d.from_at <= u.at)
  returning d.*, u.fact),
done as (
  insert into deadline_done (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at, settled_at, settled_by)
  select subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, 'CLOSED', opened_at, hub_now(), fact
  from closed)
insert into ladder_closed (subject, ladder, closed_at, recorded_at)
select subject, ladder, max(at), hub_now() from u group by subject, ladder
on conflict (subject, ladder) do update
set closed_at = greatest(ladder_closed.closed_at, excluded.closed_at), recorded_at = excluded.recorded_at
