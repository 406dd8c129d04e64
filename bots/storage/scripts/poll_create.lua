-- KEYS: the poll. ARGV: draft, now, closes at, keep.
if redis.call('HSETNX', KEYS[1], 'draft', ARGV[1]) == 1 then
  redis.call('HSET', KEYS[1], 'opened_at', ARGV[2], 'closes_at', ARGV[3], 'state', 'open', 'version', 1)
  redis.call('PEXPIRE', KEYS[1], math.max(0, ARGV[3] - ARGV[2]) + ARGV[4])
end
