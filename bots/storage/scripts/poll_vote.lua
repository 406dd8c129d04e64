-- KEYS: the poll, votes, tally. ARGV: voter, platform, option, at, op, keep votes after the close.
-- Gives the outcome and the option that counts.
local POLL, VOTES, TALLY = unpack(KEYS)
local voter, platform, option, at, op, keep = unpack(ARGV)
local state, closes_at = unpack(redis.call('HMGET', POLL, 'state', 'closes_at'))
if not state then return {'unknown', ''} end
local before, last = string.match(redis.call('HGET', VOTES, voter) or '', '^(%d+):(%d+)$')
if state ~= 'open' or tonumber(at) >= tonumber(closes_at) then return {'closed', before or ''} end
-- ids of up to 20 digits are more than Lua counts exactly
local older = last and (#op < #last or (#op == #last and op <= last))
if older then return {'same', before} end
redis.call('HSET', VOTES, voter, option .. ':' .. op)
if before == option then return {'same', option} end
if before then redis.call('HINCRBY', TALLY, platform .. ':' .. before, -1) end
redis.call('HINCRBY', TALLY, platform .. ':' .. option, 1)
redis.call('HINCRBY', POLL, 'version', 1)
redis.call('PEXPIRE', VOTES, closes_at - at + keep)
redis.call('PEXPIRE', TALLY, redis.call('PTTL', POLL))
return {before and 'changed' or 'counted', option}
