-- KEYS also: op. args: id, text, keep op. Only a comment that still stands has a new edition.
local OP, id, text, keep_op = KEYS[6], unpack(args)
local state = get(id, 'state')
local stands = state == 'submitted' or state == 'held' or state == 'published'
if stands and text ~= get(id, 'text') and redis.call('SET', OP, id, 'NX', 'PX', keep_op) then
  redis.call('HSET', COMMENT .. id, 'text', text, 'decision', '', 'decided_by', '')
  redis.call('HINCRBY', COMMENT .. id, 'edition', 1)
  change(id, 'submitted')
  ask_for_review(id)
end
return redis.call('HGETALL', COMMENT .. id)
