-- ARGV: comment id. Whether it had a card.
if redis.call('SREM', CARDS, ARGV[1]) == 0 then return 0 end
changed()
return 1
