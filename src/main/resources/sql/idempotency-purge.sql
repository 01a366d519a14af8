delete from idempotency where seen_at < now() - ? * interval '1 second'
