-- With a fixed threshold alone, a flood of due deadlines brought autovacuum every minute whatever the size of the table, and each time it reads all
-- indexes. What was fired stays in the index until then, so the share is a small one: 20 million open bear 220,000.
alter table deadline set (autovacuum_vacuum_scale_factor = 0.01);
