-- A heartbeat of the session in the lock. A session that nobody replaced goes on, also when it expired (R3a).
-- KEYS: 1 the learner's row
-- ARGV: 1 session id, 2 claim in ms, 3 state, 4 days, 5 deadline
-- Reply: 'reported', when the report before arrived, the row, what was added; or 'ended', when, the row; or
--   'elsewhere'; or 'late', now
local now = clock()
if is_late(now, ARGV[5]) then return late(now) end
local row = read(KEYS[1])
if not row or row.s ~= ARGV[1] then return 'elsewhere' end
if row.e then return answer('ended', row.l, row) end

local base, watched, forfeited = row.l, row.w, row.f
if not accept(row, tonumber(ARGV[2]), now, days_of(ARGV[4])) then return redis.error_reply(OUTSIDE) end
row.st = ARGV[3]
return keep_report(KEYS[1], 'reported', base, row, watched, forfeited)
