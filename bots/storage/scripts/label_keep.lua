-- KEYS: labels, op. ARGV: row, oldest to keep, keep labels, keep op.
if not redis.call('SET', KEYS[2], 1, 'NX', 'PX', ARGV[4]) then return 0 end
redis.call('XADD', KEYS[1], 'MINID', '~', ARGV[2], '*', 'row', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
