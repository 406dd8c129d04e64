-- KEYS: events, polls, closing. ARGV: id, closes at. Once for each poll.
local EVENTS, POLLS, CLOSING = unpack(KEYS)
local id, closes_at = unpack(ARGV)
if redis.call('ZADD', POLLS, string.sub(id, 2), id) == 1 then
  redis.call('ZADD', CLOSING, closes_at, id)
  redis.call('XADD', EVENTS, '*', 'subject', 'poll:' .. id)
end
