update dropped_piece set attempts = attempts + 1, retry_at = now() + make_interval(secs => 2 * (attempts + 1)) where id = ?
