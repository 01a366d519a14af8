-- Files that partners drop. A file is staged whole, in one transaction, before any of it is recorded; from then on its bytes need the partner no
-- more. What is left of dropped_piece is what is left to do: a piece is deleted in the transaction that records it.
create table dropped_file (
  id         bigint primary key,
  system     text not null,   -- gov, receipt85
  name       text not null,   -- as the sender called it
  claimed    text not null,   -- as the hub called it, in the partner's folders taken, done and error
  sha256     bytea not null,
  size       bigint not null,
  lines      integer not null,
  series     text,            -- whose file it is, where its name says so
  period_at  timestamptz,     -- the instant up to which it tells, where its name says so
  state      text not null check (state in ('STAGED', 'READ', 'REFUSED')),
  fault      text,            -- why it was refused
  again      bigint,          -- the file that this one repeats, byte for byte: nothing of it is read
  taken      integer not null default 0,
  seen       integer not null default 0,
  refused    integer not null default 0,
  set_aside  integer not null default 0,
  staged_at  timestamptz not null default now(),
  read_at    timestamptz,
  told_at    timestamptz,     -- the reply is written and the file lies in done or error
  unique (system, claimed)
);
create index dropped_file_name on dropped_file (system, name) where state <> 'REFUSED' and again is null;
create index dropped_file_open on dropped_file (system, id) where told_at is null;
create index dropped_file_period on dropped_file (system, series, period_at) where period_at is not null;

create table dropped_piece (
  id       bigint primary key,
  file     bigint not null references dropped_file (id),
  no       integer not null,  -- of its first line
  lines    integer not null,
  place    text not null,
  raw      bytea not null,    -- sealed
  attempts smallint not null default 0,
  retry_at timestamptz
);
create index dropped_piece_file on dropped_piece (file);

-- What became of single lines, for the reply. No personal data.
create table dropped_line (
  file     bigint not null references dropped_file (id),
  no       integer not null,
  place    text not null,
  order_no text,
  outcome  text not null check (outcome in ('TAKEN', 'SEEN', 'REFUSED', 'SET_ASIDE')),
  reason   text,
  primary key (file, no)
);
