select
  (select count(*) from dead_letter where state = 'OPEN') as dead_letters,
  -- Counted up to a limit: beyond it the exact number helps nobody.
  (select count(*) from (
     select from fact f
     where (f.xid, f.id) > ((select s.xid from fact_stream s), (select s.id from fact_stream s))
     limit 100000) unpublished) as unpublished
