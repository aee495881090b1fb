-- Opens a session unless another client's is active (R3). The row is compared with what the ledger knows,
-- in case the lock has forgotten or is behind; no session opens before the last one could still earn.
-- Opening the same session again changes nothing.
-- KEYS: 1 the learner's row
-- ARGV: 1 session id, 2 courseware id, 3 client id ('' without), 4 take over ('1' or '0'), 5 days,
--       6 what is known: '', or 'open' or 'sealed', until when it may have earned, and the known row,
--       7 deadline
-- Reply: 'opened', when, the new row; or 'held', until when, the row that holds; or 'late', now
local now = clock()
if is_late(now, ARGV[7]) then return late(now) end
local row = read(KEYS[1])
if row and row.s == ARGV[1] then return answer('opened', row.o, row) end

local known, sealed, known_until
if ARGV[6] ~= '' then
  local kind, moment, text = string.match(ARGV[6], '^(%l+) (%d+) (.*)$')
  known = row_of(text)
  sealed = kind == 'sealed'
  known_until = tonumber(moment)
end

local function holder_of()
  if not known then return row end
  if row and row.s == known.s then
    if sealed or row.e then return nil end
    return row.l < known.l and known or row
  end
  if row and row.o >= known.o then return row end
  if sealed then return nil end
  return known
end

local at = now
if row then at = math.max(at, row.l, row.e or 0) end
if known then at = math.max(at, known_until) end

local holder = holder_of()
local own = holder and (holder.s == ARGV[1] or (holder.k ~= '' and holder.k == ARGV[3]))
if holder and is_active(holder, at) and not own and ARGV[4] ~= '1' then
  return keep(KEYS[1], 'held', expires_at(holder), holder)
end

local today = day_of(at, days_of(ARGV[5]))
if not today then return redis.error_reply(OUTSIDE) end
return keep(KEYS[1], 'opened', at, {
  s = ARGV[1], c = ARGV[2], k = ARGV[3], o = at, l = at, g = at,
  w = 0, f = 0, d = today, t = 0, p = 0, st = 'playing',
})
