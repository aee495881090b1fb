-- Days as one text of five words: the first day's number, when each of three days begins, when the last ends.
local function days_of(text)
  local first, one, two, three, over = string.match(text, '^(%d+) (%d+) (%d+) (%d+) (%d+)$')
  return {
    first = tonumber(first),
    [0] = tonumber(one), [1] = tonumber(two), [2] = tonumber(three), [3] = tonumber(over),
  }
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
local function accept(row, claim, now, days)
  local at = math.max(now, row.l)
  local growth = math.max(0, claim - row.f - row.w)
  local granted = math.min(growth, at - row.l, TERMS.max_catch_up)
  local forfeited = math.max(0, growth - granted - TERMS.slack)

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
