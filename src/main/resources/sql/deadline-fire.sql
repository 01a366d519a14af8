-- Found by key, with the subject locked. What was closed, paused or moved between that lock and now fires nothing.
with fired as (
  delete from deadline d
  using unnest(?::bigint[], ?::bigint[]) as u (subject, id)
  where d.subject = u.subject and d.id = u.id and d.state = 0 and d.due_at <= hub_now()
    and (d.covered_by is null or d.due_at <= (select c.covered_until from coverage c where c.system = d.covered_by))
  returning d.*),
done as (
  insert into deadline_done (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at, settled_at)
  select subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, 'FIRED', opened_at, hub_now()
  from fired)
select subject, id, ladder, rung, due_at, reports from fired order by due_at, id
