-- Puts a session that the ledger holds unsealed back into the lock. Only a newer session that is active keeps
-- it out. With repair, a row that the ledger could not continue from is replaced.
-- KEYS: 1 the learner's row
-- ARGV: 1 repair ('1' or '0'), 2 the known row, 3 deadline
-- Reply: 'adopted', a moment and the row; or 'held'; or 'late', now
local now = clock()
if is_late(now, ARGV[3]) then return late(now) end
local row = read(KEYS[1])
local known = row_of(ARGV[2])
if row and row.s == known.s then
  if ARGV[1] ~= '1' and (row.e or row.l >= known.l) then return answer('adopted', row.l, row) end
elseif row and row.o >= known.o and is_active(row, now) then
  return 'held'
end
return keep(KEYS[1], 'adopted', known.l, known)
