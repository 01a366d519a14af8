-- Remembers when, so that a fact from before that instant which is recorded later opens nothing.
with u as (
  select subject, fact, ladder, at::timestamptz
  from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[]) as u (subject, fact, ladder, at)),
closed as (
  update deadline d
  set state = 2, settled_at = hub_now(), settled_by = u.fact
  from u
  where d.subject = u.subject and d.ladder = u.ladder and d.state = 0)
insert into ladder_closed (subject, ladder, closed_at)
select subject, ladder, max(at) from u group by subject, ladder
on conflict (subject, ladder) do update set closed_at = greatest(ladder_closed.closed_at, excluded.closed_at)
