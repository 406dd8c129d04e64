-- KEYS: events, closing. ARGV: id. Tells of a closed poll once.
if redis.call('ZREM', KEYS[2], ARGV[1]) == 1 then
  redis.call('XADD', KEYS[1], '*', 'subject', 'poll:' .. ARGV[1])
end
