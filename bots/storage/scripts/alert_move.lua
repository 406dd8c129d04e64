-- KEYS: events, the alert, due. ARGV: id, from, to, reason. Gives the alert as it is then.
local EVENTS, ALERT, DUE = unpack(KEYS)
local id, from, to, reason = unpack(ARGV)
if redis.call('HGET', ALERT, 'state') == from then
  redis.call('HSET', ALERT, 'state', to, 'reason', reason)
  redis.call('HINCRBY', ALERT, 'version', 1)
  redis.call('ZREM', DUE, id)
  redis.call('XADD', EVENTS, '*', 'subject', 'alert:' .. id)
end
return redis.call('HGETALL', ALERT)
