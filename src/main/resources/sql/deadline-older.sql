-- The texts of a ladder, other than the one in force, by which something is still open.
select distinct version, rung from deadline where ladder = ? and version <> ?
