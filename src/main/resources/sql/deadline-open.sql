-- Nothing is opened where a later fact has closed the ladder already: events may be recorded out of order.
-- keep: nor where the ladder was climbed or is being climbed, and nobody has closed it.
with o as (
  select *
  from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
    as u (subject, id, opened_by, ladder, rung, version, from_at, due_at, reports, covered_by, provisional, named, keep)),
late as (
  select o.id,
    exists (
      select from ladder_closed c join fact f on f.subject = o.subject and f.id = o.opened_by
      where c.subject = o.subject and c.ladder = o.ladder and c.closed_at > f.happened_at) as closed
  from o),
past as (
  insert into deadline_done (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at, settled_at, settled_by)
  select o.subject, o.id, o.ladder, o.rung, o.version, o.opened_by, o.from_at::timestamptz, o.due_at::timestamptz, o.reports, 'CLOSED',
    hub_now(), hub_now(), o.opened_by
  from o join late using (id)
  where late.closed)
insert into deadline (subject, id, opened_by, ladder, rung, version, from_at, due_at, reports, covered_by, provisional, named, opened_at)
select o.subject, o.id, o.opened_by, o.ladder, o.rung, o.version, o.from_at::timestamptz, o.due_at::timestamptz, o.reports, o.covered_by,
  o.provisional::boolean, o.named::boolean, hub_now()
from o join late using (id)
where not late.closed
  and not (o.keep::boolean and (
    exists (select from deadline d where d.subject = o.subject and d.ladder = o.ladder)
    or exists (
      select from deadline_done d
      where d.subject = o.subject and d.ladder = o.ladder and d.state = 'FIRED'
        and d.opened_at > coalesce(
          (select c.recorded_at from ladder_closed c where c.subject = o.subject and c.ladder = o.ladder), '-infinity'))))
