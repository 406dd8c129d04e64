-- KEYS: the copy, floors, chats. ARGV: sent, keep, platform, chat, message id, place.
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
note(KEYS[2], ARGV[3] .. ':' .. ARGV[4], ARGV[5])
redis.call('HSET', KEYS[3], ARGV[6], ARGV[4])
