-- KEYS: the poll, votes. ARGV: now, keep votes. Whether it closed by this call.
local POLL, VOTES = unpack(KEYS)
if redis.call('HGET', POLL, 'state') ~= 'open' then return 0 end
local closes_at = math.min(tonumber(redis.call('HGET', POLL, 'closes_at')), tonumber(ARGV[1]))
redis.call('HSET', POLL, 'state', 'closed', 'closes_at', closes_at)
redis.call('HINCRBY', POLL, 'version', 1)
redis.call('PEXPIRE', VOTES, ARGV[2])
return 1
