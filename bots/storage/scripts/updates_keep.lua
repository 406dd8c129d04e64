-- KEYS: updates, ids, next. ARGV: now, keep ids, keep next, then id and update of each. Gives how many were new.
local UPDATES, IDS, NEXT = unpack(KEYS)
local now, keep_ids, keep_next = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local kept, next_id = 0, tonumber(redis.call('GET', NEXT)) or 0
for at = 4, #ARGV, 2 do
  if redis.call('ZADD', IDS, 'NX', now, ARGV[at]) == 1 then
    redis.call('XADD', UPDATES, '*', 'update', ARGV[at + 1])
    kept = kept + 1
  end
  next_id = math.max(next_id, tonumber(ARGV[at]) + 1)
end
redis.call('SET', NEXT, string.format('%.0f', next_id), 'PX', keep_next)
redis.call('ZREMRANGEBYSCORE', IDS, '-inf', now - keep_ids)
return kept
