-- What is due, by why it has not fired yet; each answer from the head of an index.
with recursive systems as (
  (select covered_by as system from deadline where state = 0 and covered_by is not null and not named order by covered_by limit 1)
  union all
  select (
    select d.covered_by from deadline d
    where d.state = 0 and d.covered_by is not null and not d.named and d.covered_by > s.system
    order by d.covered_by limit 1)
  from systems s where s.system is not null),
asked as (
  select s.system, least(hub_now(), coalesce(c.covered_until, '-infinity')) as until
  from systems s left join coverage c on c.system = s.system
  where s.system is not null)
select
  extract(epoch from hub_now() - least(
    (select d.due_at from deadline d
     where d.state = 0 and d.covered_by is null and not d.named and d.due_at <= hub_now()
     order by d.due_at limit 1),
    (select min(x.due_at) from asked a cross join lateral (
       select d.due_at from deadline d
       where d.state = 0 and not d.named and d.covered_by = a.system and d.due_at <= a.until
       order by d.due_at limit 1) x),
    (select d.due_at from deadline d
     where d.state = 0 and d.named and d.due_at <= hub_now()
       and (d.covered_by is null or d.due_at <= (select c.covered_until from coverage c where c.system = d.covered_by))
     order by d.due_at limit 1))) as overdue,
  extract(epoch from hub_now() - (
    select min(x.due_at) from asked a cross join lateral (
      select d.due_at from deadline d
      where d.state = 0 and not d.named and d.covered_by = a.system and d.due_at > a.until and d.due_at <= hub_now()
      order by d.due_at limit 1) x)) as uncovered,
  (select count(*) from deadline where state = 2) as parked,
  (select count(*) from (select from deadline where provisional limit 100000) p) as provisional,
  (select frozen_at is not null from clock_watch) as frozen,
  (select rate from hub_clock) as rate
