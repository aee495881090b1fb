-- Days from ARGV: the first day's number, and when each of three days begins and the last one ends.
local function days_of(from)
  local days = { first = tonumber(ARGV[from]) }
  for i = 0, 3 do days[i] = tonumber(ARGV[from + 1 + i]) end
  return days
end

local OUTSIDE = 'OUTSIDEDAYS the clocks of the service and of Redis disagree by a day or more'

-- The day of a moment, and when it began; nil outside the window.
local function day_of(at, days)
  for i = 0, 2 do
    if days[i] <= at and at < days[i + 1] then return days.first + i, days[i] end
  end
end

-- Accepts a cumulative claim (R2) into the row; false when the stretch lies outside the days. The same
-- function as accept() of the rules, step by step.
local function accept(row, claim, now, days, terms)
  local at = math.max(now, row.l)
  local growth = math.max(0, claim - row.f - row.w)
  local granted = math.min(growth, at - row.l, terms.max_catch_up)
  local forfeited = math.max(0, growth - granted - terms.slack)

  local today, start = day_of(at, days)
  if not today then return false end
  local before = math.max(0, math.min(granted, start - (at - granted)))
  if before > 0 and today == days.first then return false end

  if row.d ~= today then
    local yesterday = row.d == today - 1 and row.t or 0
    row.p = yesterday + before
    row.t = 0
    row.d = today
  end
  row.t = row.t + granted - before
  row.l = at
  if granted > 0 then row.g = at end
  row.w = row.w + granted
  row.f = row.f + forfeited
  return true
end
