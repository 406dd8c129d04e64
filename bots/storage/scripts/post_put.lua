-- args: version, wanted, post, platform, lane, destination, place, thread_of, reply_to, expires_at, group.
local version, wanted, post, platform, lane, destination, place, thread_of, reply_to, expires_at, group = unpack(args)
local stored = get(key, 'version')
if stored ~= '' and tonumber(version) <= tonumber(stored) then return 0 end
if stored ~= '' then
  -- what nobody has seen yet does not lose its place to a mere refresh
  if is_due(key, ref) then lane = math.min(tonumber(lane), tonumber(get(key, 'lane'))) end
  redis.call('ZREM', queue(key), ref)
end
set(key, 'version', version, 'wanted', wanted, 'post', post, 'platform', platform, 'lane', lane,
  'destination', destination, 'place', place, 'thread_of', thread_of, 'reply_to', reply_to, 'expires_at', expires_at)
redis.call('HSETNX', key, 'planned_at', now)
if get(key, 'number') == '' then
  redis.call('HSET', key, 'number', redis.call('HINCRBY', COUNTERS, 'post', 1))
end
if group ~= '' then
  local members = GROUP .. platform .. ':' .. group
  redis.call('ZADD', members, 0, ref)
  redis.call('PEXPIRE', members, keep)
end
local joined = get(key, 'joined_in')
if joined ~= '' then recompose(joined) else reconsider(key, ref) end
return 1
