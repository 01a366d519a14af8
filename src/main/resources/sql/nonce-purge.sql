delete from nonce where seen_at < now() - ? * interval '1 second'
