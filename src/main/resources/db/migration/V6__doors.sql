-- An effect whose answer was lost: when its last attempt began (wall time), and how often the partner said that it is not there.
alter table effect add column sent_at timestamptz;
alter table effect add column asked smallint not null default 0;
create index effect_unknown on effect (door, next_attempt_at) where state = 'UNKNOWN';

-- The relay takes so many of each door: door by door, those whose time of the day has come first.
create index effect_ready on effect (door, (coalesce(not_before, '-infinity')), id) where state in ('PENDING', 'RETRY');
drop index effect_open;

-- How many messages a second a partner wants at most, for all nodes together.
create table door_rate (
  door   text primary key,
  tokens double precision not null,
  at     timestamptz not null
);
