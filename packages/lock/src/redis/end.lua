-- Ends the session in the lock, after accepting its last claim; the row stays, marked. Twice is as good as once.
-- KEYS: 1 the learner's row
-- ARGV: 1 session id, 2 claim in ms or '' without, 3 days, 4 deadline
-- Reply: 'ended', when the report before arrived, the row, what was added unless it had ended before; or
--   'elsewhere'; or 'late', now
local now = clock()
if is_late(now, ARGV[4]) then return late(now) end
local row = read(KEYS[1])
if not row or row.s ~= ARGV[1] then return 'elsewhere' end
if row.e then return answer('ended', row.l, row) end

local base, watched, forfeited = row.l, row.w, row.f
if ARGV[2] ~= '' and not accept(row, tonumber(ARGV[2]), now, days_of(ARGV[3])) then
  return redis.error_reply(OUTSIDE)
end
row.e = math.max(now, row.l)
return keep_report(KEYS[1], 'ended', base, row, watched, forfeited)
