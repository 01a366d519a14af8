-- What a bag, a round, an office remembers of its facts, as an order does: the fields that routes/facts.yaml keeps, and what it counts. Codes and numbers only.
alter table subject add column detail jsonb not null default '{}';
