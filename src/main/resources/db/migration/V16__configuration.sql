-- What routes/ and mappings/ were at each moment. A version names its files by their content, so what does not change lies here once.
-- The directory's contacts (names and phones of managers) are among the files, in clear as they are on disk.
create table config_file (
  hash    text primary key, -- SHA-256 of the content, hex
  content bytea not null,
  kept_at timestamptz not null default now()
);
-- The ACTIVE version with the highest number runs. PROPOSED: a node is switching to it; facts that it records meanwhile name it already.
-- CANARY: some messages use its mappings, until it becomes ACTIVE or is WITHDRAWN.
create table config_version (
  number    bigint primary key,
  digest    text not null,
  files     jsonb not null, -- name: hash
  diff      jsonb not null, -- {added, removed, changed}: names, against base
  base      bigint references config_version,
  made_at   timestamptz not null default now(),
  who       text not null,
  reason    text not null,
  state     text not null check (state in ('PROPOSED', 'ACTIVE', 'FAILED', 'CANARY', 'WITHDRAWN')),
  canary    jsonb, -- {percent, partners}: who uses its mappings while it is one
  active_at timestamptz,
  failure   text
);
-- What each node runs, and why it could not follow, in its own words.
create table config_node (
  node    text primary key,
  number  bigint not null,
  told_at timestamptz not null,
  failure text
);
-- The version by which a fact was decided. Null: recorded before there were versions. No foreign key: it would be looked up for each fact.
alter table fact add column configuration bigint;
