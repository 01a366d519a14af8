select period_at from (
  select case when cast(:from as timestamptz) is null then min(period_at)
              else max(period_at) filter (where period_at > cast(:from as timestamptz) and period_at <= cast(:to as timestamptz)) end as period_at
  from dropped_file
  where system = :system and series = :series and period_at is not null and state = 'READ' and again is null) next
where period_at is not null
