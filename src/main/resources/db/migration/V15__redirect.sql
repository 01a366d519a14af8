-- What a recipient asked for by SMS (R55): name and address as they shall be, and the message itself. Sealed like all that is personal.
alter table orders add column redirect bytea;
