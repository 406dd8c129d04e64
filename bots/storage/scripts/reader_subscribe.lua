-- ARGV: the topics, all of them.
for _, topic in ipairs(redis.call('SMEMBERS', TOPICS)) do stop(topic) end
for at = 3, #ARGV do follow(ARGV[at]) end
