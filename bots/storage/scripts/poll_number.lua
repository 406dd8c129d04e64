-- KEYS: counters, op. ARGV: keep. Gives the poll's id, always the same for one op.
local id = redis.call('GET', KEYS[2])
if not id then
  id = 'p' .. redis.call('HINCRBY', KEYS[1], 'poll', 1)
  redis.call('SET', KEYS[2], id, 'PX', ARGV[1])
end
return id
