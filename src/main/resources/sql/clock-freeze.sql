update clock_watch set frozen_at = now(), frozen_why = ? where frozen_at is null
