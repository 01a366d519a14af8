-- Facts since then; more than these say nothing more of a share.
select count(*) from (select 1 from fact where xid >= ?::xid8 limit 100000) f
