-- A command that Redis runs only after its caller has stopped waiting, as after a stall, changes nothing: its
-- claim is old, but would still move the time of the last report. The deadline is '' where there is none.
local function is_late(now, deadline)
  return deadline ~= '' and now > tonumber(deadline)
end

local function late(now)
  return string.format('late %d', now)
end
