-- KEYS also: op. ARGV: platform, limit, keep op. Gives how many cards it opened.
local OP, platform, limit, keep_op = KEYS[5], ARGV[1], tonumber(ARGV[2]), ARGV[3]
local known = redis.call('GET', OP)
if known then return tonumber(known) end
local opened = 0
for _, id in ipairs(waiting()) do
  if redis.call('SCARD', CARDS) >= limit then break end
  redis.call('SADD', CARDS, id)
  redis.call('XADD', EVENTS, '*', 'subject', 'comment:' .. id)
  opened = opened + 1
end
redis.call('HINCRBY', QUEUE_STATE, 'notice:' .. platform, 1)
changed()
redis.call('SET', OP, opened, 'PX', keep_op)
return opened
