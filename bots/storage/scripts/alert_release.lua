-- KEYS: events, due. ARGV: alert prefix, now, limit. Gives the ids of what is published now.
local EVENTS, DUE = unpack(KEYS)
local ALERT, now, limit = unpack(ARGV)
local released = {}
for _, id in ipairs(redis.call('ZRANGE', DUE, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)) do
  if redis.call('HGET', ALERT .. id, 'state') == 'scheduled' then
    redis.call('HSET', ALERT .. id, 'state', 'published')
    redis.call('HINCRBY', ALERT .. id, 'version', 1)
    redis.call('XADD', EVENTS, '*', 'subject', 'alert:' .. id)
    table.insert(released, id)
  end
  redis.call('ZREM', DUE, id)
end
return released
