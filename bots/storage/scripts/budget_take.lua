-- KEYS: holds, then buckets. ARGV: now, how many holds, tokens to be there, keep; then capacity and tokens a ms each.
-- Gives how long to wait, in ms; 0 when one token of each bucket was taken.
local now, holds, needed, keep = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local wait, levels = 0, {}
for at = 1, holds do
  wait = math.max(wait, (tonumber(redis.call('GET', KEYS[at])) or now) - now)
end
for at = holds + 1, #KEYS do
  local capacity, rate = tonumber(ARGV[3 + 2 * (at - holds)]), tonumber(ARGV[4 + 2 * (at - holds)])
  local level, since = unpack(redis.call('HMGET', KEYS[at], 'level', 'since'))
  local passed = math.max(0, now - (tonumber(since) or now))
  level = math.min(capacity, (tonumber(level) or capacity) + passed * rate)
  local missing = math.min(needed, capacity) - level
  if missing > 0.000001 then wait = math.max(wait, math.ceil(missing / rate)) end
  levels[at] = level
end
if wait > 0 then return wait end
for at, level in pairs(levels) do
  redis.call('HSET', KEYS[at], 'level', string.format('%.6f', level - 1), 'since', string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[at], keep)
end
return 0
