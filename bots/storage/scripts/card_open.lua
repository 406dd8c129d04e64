-- ARGV: comment id, limit. Whether it has a card.
local id, limit = ARGV[1], tonumber(ARGV[2])
if has_card(id) then return 1 end
if redis.call('SCARD', CARDS) >= limit or waiting()[1] ~= id then return 0 end
redis.call('SADD', CARDS, id)
changed()
return 1
