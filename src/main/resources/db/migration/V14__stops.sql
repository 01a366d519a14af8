-- A door whose partner takes nothing until a person has acted: until then, or until it is tried again, nothing is sent there.
create table door_stop (
  door       text primary key,
  reason     text not null,
  stopped_at timestamptz not null default now(),
  until      timestamptz not null
);
