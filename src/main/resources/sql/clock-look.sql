select now(), seen_at, frozen_at, agreed from clock_watch
