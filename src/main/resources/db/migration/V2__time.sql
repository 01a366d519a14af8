-- Time. The table deadline holds what is open, and nothing else, so that a poll never wades through the past: what fired or was
-- closed stands in deadline_done.

create table deadline_done (
  subject     bigint not null,
  id          bigint not null,
  ladder      text not null,
  rung        text not null,
  version     text not null,
  opened_by   bigint not null,
  from_at     timestamptz not null,
  due_at      timestamptz not null,
  reports     text not null,
  state       text not null check (state in ('FIRED', 'CLOSED', 'CANCELLED')),
  opened_at   timestamptz not null,
  settled_at  timestamptz not null,
  settled_by  bigint, -- the fact that closed it
  primary key (subject, id)
);
insert into deadline_done
select d.subject, d.id, d.ladder, d.rung, d.version, d.opened_by, f.happened_at, d.due_at, d.reports,
  case d.state when 1 then 'FIRED' else 'CLOSED' end, d.opened_at, coalesce(d.settled_at, d.opened_at), d.settled_by
from deadline d join fact f on f.subject = d.subject and f.id = d.opened_by
where d.state <> 0;
delete from deadline where state <> 0;

drop index deadline_due;
alter table deadline
  drop constraint deadline_subject_ladder_rung_opened_by_key, -- a fact is recorded once, and opens a rung once
  drop constraint deadline_state_check,
  drop column settled_at,
  drop column settled_by,
  add column from_at timestamptz,             -- the instant that the time is counted from
  add column provisional boolean not null default false, -- counted without the schedule of its year
  add column named boolean not null default false,       -- its subject is no order
  add column failures smallint not null default 0,
  add column wake_at timestamptz,             -- parked until then, wall time
  add constraint deadline_state_check check (state between 0 and 2); -- 0 open, 1 paused by a person, 2 parked: it could not be recorded
update deadline d set from_at = coalesce((select f.happened_at from fact f where f.subject = d.subject and f.id = d.opened_by), opened_at);
alter table deadline alter column from_at set not null;
create index deadline_due on deadline (due_at, subject, id) where state = 0;
create index deadline_due_named on deadline (due_at, subject, id) where state = 0 and named;
create index deadline_parked on deadline (wake_at) where state = 2;
create index deadline_provisional on deadline (subject, id) where provisional;

-- Each text of a ladder that was ever in use: an open deadline keeps the one it was opened with.
create table ladder_version (
  ladder     text not null,
  version    text not null,
  rungs      jsonb not null, -- [{rung, after, calendar, early?, reports, coveredBy?}]
  seen_at    timestamptz not null default now(),
  primary key (ladder, version)
);

-- The reading of mappings/calendar/ that the open deadlines were counted with.
create table calendar_used (
  only_row boolean primary key default true check (only_row),
  version  text not null,
  used_at  timestamptz not null default now()
);

-- What people and programs did to the hub itself, with their reason.
create table audit (
  id     bigint generated always as identity primary key,
  at     timestamptz not null default now(),
  who    text not null,
  what   text not null, -- deadline.pause, calendar.recompute …
  subject bigint,
  reason text not null,
  detail jsonb not null default '{}'
);
create index audit_subject on audit (subject, id) where subject is not null;

-- Where an anomaly of the order stands, beside its stage and its receipt; and since when each of the two.
alter table ladder_closed add column recorded_at timestamptz not null default now();

alter table orders
  add column receipt_at timestamptz not null default 'epoch',
  add column anomaly text not null default 'NONE',
  add column anomaly_at timestamptz not null default 'epoch';

-- What any node has last seen of the wall clock; frozen: it jumped, and nothing fires until somebody has agreed with it.
create table clock_watch (
  only_row   boolean primary key default true check (only_row),
  seen_at    timestamptz not null,
  frozen_at  timestamptz,
  frozen_why text,
  agreed     bigint not null default 0
);
insert into clock_watch (seen_at) values ('epoch');
