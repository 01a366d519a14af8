delete from idempotency where seen_at < now() - interval '7 days'
