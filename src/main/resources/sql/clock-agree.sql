update clock_watch set frozen_at = null, frozen_why = null, seen_at = now(), agreed = agreed + 1
