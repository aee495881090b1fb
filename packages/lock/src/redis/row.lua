-- The row of one learner, a hash:
--   s session id, c courseware id, k client id ('' without), o opened at, l last report at, g grew at,
--   w watched, f forfeited, d day, t of that day, p of the day before, st state, e ended at ('' while open)
-- Moments and durations are whole milliseconds.
local FIELDS = { 's', 'c', 'k', 'o', 'l', 'g', 'w', 'f', 'd', 't', 'p', 'st', 'e' }
local TEXTS = { s = true, c = true, k = true, st = true }

-- A row from 13 texts in the order of FIELDS, starting at texts[from].
local function row_of(texts, from)
  local row = {}
  for i, field in ipairs(FIELDS) do
    local text = texts[from + i - 1]
    row[field] = TEXTS[field] and text or tonumber(text)
  end
  return row
end

local function read(key)
  local texts = redis.call('HMGET', key, unpack(FIELDS))
  if not texts[1] then return nil end
  return row_of(texts, 1)
end

-- Keeps the row; the time to live only collects garbage.
local function write(key, row, keep)
  redis.call('HSET', key,
    's', row.s, 'c', row.c, 'k', row.k, 'o', row.o, 'l', row.l, 'g', row.g, 'w', row.w, 'f', row.f,
    'd', row.d, 't', row.t, 'p', row.p, 'st', row.st, 'e', row.e or '')
  redis.call('PEXPIRE', key, keep)
end

-- A reply: what happened, one moment that belongs to it, and the row.
local function answer(kind, moment, row)
  return { kind, moment,
    row.s, row.c, row.k, row.o, row.l, row.g, row.w, row.f, row.d, row.t, row.p, row.st, row.e or '' }
end

local function expires_at(row, terms)
  return math.min(row.l + terms.lock, row.g + terms.release)
end

local function is_active(row, now, terms)
  return not row.e and now < expires_at(row, terms)
end

-- Terms from ARGV: lock, release, max catch-up, slack, time to keep the key.
local function terms_of(from)
  return {
    lock = tonumber(ARGV[from]), release = tonumber(ARGV[from + 1]),
    max_catch_up = tonumber(ARGV[from + 2]), slack = tonumber(ARGV[from + 3]),
    keep = tonumber(ARGV[from + 4]),
  }
end
