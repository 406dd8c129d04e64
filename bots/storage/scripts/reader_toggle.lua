-- KEYS also: op. ARGV: topic, keep op.
local topic, keep_op = ARGV[3], ARGV[4]
if redis.call('SET', KEYS[2], topic, 'NX', 'PX', keep_op) then
  if redis.call('SISMEMBER', TOPICS, topic) == 1 then stop(topic) else follow(topic) end
end
return redis.call('SMEMBERS', TOPICS)
