-- What the scripts about subscriptions share.
-- KEYS: the reader's topics. ARGV: followers prefix, account; then a script's own.
local TOPICS, FOLLOWERS, account = KEYS[1], ARGV[1], ARGV[2]

local function follow(topic)
  redis.call('SADD', TOPICS, topic)
  redis.call('ZADD', FOLLOWERS .. topic, 0, account)
end

local function stop(topic)
  redis.call('SREM', TOPICS, topic)
  redis.call('ZREM', FOLLOWERS .. topic, account)
end
