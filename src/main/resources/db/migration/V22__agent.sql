-- Who signed in the recipient's place (R43, A18): kind and number of the ID that was shown. Sealed like all that is personal; the relation alone stands in the fact.
alter table orders add column agent bytea;
