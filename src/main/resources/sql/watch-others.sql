select
  (select count(*) from dead_letter where state = 'OPEN') as dead_letters,
  (select extract(epoch from hub_now() - d.due_at)
   from deadline d
   where d.state = 0 and d.due_at <= hub_now()
     and (d.covered_by is null or d.due_at <= (select c.covered_until from coverage c where c.system = d.covered_by))
   order by d.due_at limit 1) as overdue,
  -- Counted up to a limit: beyond it the exact number helps nobody.
  (select count(*) from (
     select from fact f
     where (f.xid, f.id) > ((select s.xid from fact_stream s), (select s.id from fact_stream s))
     limit 100000) unpublished) as unpublished
