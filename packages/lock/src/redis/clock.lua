-- The only clock that stamps facts: that of the lock store, in whole milliseconds (R2).
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
