-- KEYS: quota of one key and minute. ARGV: questions, limit, keep. Gives whether they were granted, and how many are used.
local asked, limit, keep = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local used = tonumber(redis.call('GET', KEYS[1])) or 0
if used + asked > limit then return {0, used} end
used = redis.call('INCRBY', KEYS[1], asked)
redis.call('PEXPIRE', KEYS[1], keep)
return {1, used}
