update clock_watch set seen_at = now() where frozen_at is null and seen_at < now()
