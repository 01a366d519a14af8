-- What a letter is, and what people did with it. MESSAGE: the bytes as a sender sent them. FACT: one row of a message whose mapping had
-- made a fact of it already. RECORD: a record of Kafka that no relay wrote; kept up to 64 kB when it is larger than 1 MB.
alter table dead_letter
  add column kind       text not null default 'MESSAGE' check (kind in ('MESSAGE', 'FACT', 'RECORD')),
  add column size       integer, -- of the whole, in bytes
  add column sha256     bytea,   -- of the whole
  add column attempts   integer not null default 0, -- replays so far
  add column changed_at timestamptz,
  add column changed_by text,
  add column job        bigint;  -- the last bulk replay that took it
update dead_letter set kind = 'FACT' where place = 'fact:record' and client = '';
create index dead_letter_job on dead_letter (job, id) where state = 'OPEN' and job is not null;
-- A record that is read a second time is one letter.
create unique index dead_letter_record on dead_letter (correlation) where kind = 'RECORD';

-- A bulk replay: one node works on it at a time, the next one when the first has been silent.
create table replay_job (
  id          bigint primary key,
  state       text not null default 'RUNNING' check (state in ('RUNNING', 'PAUSED', 'CANCELLED', 'DONE')),
  which       jsonb not null, -- what was asked for
  letters     integer not null,
  rate        integer not null check (rate between 1 and 1000), -- letters a second
  replayed    integer not null default 0,
  failed      integer not null default 0,
  who         text not null,
  reason      text not null,
  opened_at   timestamptz not null default now(),
  settled_at  timestamptz,
  node        uuid,
  seen_at     timestamptz
);
create index replay_job_live on replay_job (id) where state in ('RUNNING', 'PAUSED');
