-- What could not be done so far, and the transaction id from which on all is later.
select (select count(*) from dead_letter where kind <> 'RECORD')
     + (select count(*) from effect where state = 'DEAD') as failed,
       pg_snapshot_xmax(pg_current_snapshot())::text as xid
