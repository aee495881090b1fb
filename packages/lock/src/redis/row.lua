-- The row of one learner: one text of 13 words, in the order of
--   s session id, c courseware id, o opened at, l last report at, g grew at, w watched, f forfeited,
--   d day, t of that day, p of the day before, st state, e ended at (0 while open), k client id (empty without)
-- Moments and durations are whole milliseconds; no word holds a space.
local WORDS = '^(%S+) (%S+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%l+) (%d+) (%S*)$'
local TEXT = '%s %s %d %d %d %d %d %d %d %d %s %d %s'

-- Nil for a text of another version: the ledger still knows the session.
local function row_of(text)
  local s, c, o, l, g, w, f, d, t, p, st, e, k = string.match(text, WORDS)
  if not s then return nil end
  local ended = tonumber(e)
  return {
    s = s, c = c, o = tonumber(o), l = tonumber(l), g = tonumber(g), w = tonumber(w), f = tonumber(f),
    d = tonumber(d), t = tonumber(t), p = tonumber(p), st = st, e = ended > 0 and ended or nil, k = k,
  }
end

local function text_of(row)
  return string.format(TEXT, row.s, row.c, row.o, row.l, row.g, row.w, row.f, row.d, row.t, row.p, row.st,
    row.e or 0, row.k)
end

local function read(key)
  local text = redis.call('GET', key)
  return text and row_of(text) or nil
end

-- Keeps the row, and answers what happened, one moment that belongs to it, and the row. The time to live only
-- collects garbage.
local function keep(key, kind, moment, row)
  local text = text_of(row)
  redis.call('SET', key, text, 'PX', TERMS.keep)
  return string.format('%s %d %s', kind, moment, text)
end

-- The same of a report, with what it added to the row: watched and forfeited.
local function keep_report(key, kind, moment, row, watched, forfeited)
  return string.format('%s %d %d', keep(key, kind, moment, row), row.w - watched, row.f - forfeited)
end

-- The same answer about a row that stays as it is.
local function answer(kind, moment, row)
  return string.format('%s %d %s', kind, moment, text_of(row))
end

local function expires_at(row)
  return math.min(row.l + TERMS.lock, row.g + TERMS.release)
end

local function is_active(row, now)
  return not row.e and now < expires_at(row)
end
