-- KEYS also: op. args: author, draft, text, keep op. Gives the comment.
local OP, author, draft, text, keep_op = KEYS[6], unpack(args)
local id = redis.call('GET', OP)
if id then return {id, redis.call('HGETALL', COMMENT .. id)} end

local function base36(number)
  local digits = ''
  repeat
    local digit = number % 36
    digits = string.sub('0123456789abcdefghijklmnopqrstuvwxyz', digit + 1, digit + 1) .. digits
    number = (number - digit) / 36
  until number == 0
  return digits
end

local number = redis.call('HINCRBY', COUNTERS, 'comment', 1)
id = 'c' .. base36(number)
redis.call('HSET', COMMENT .. id, 'number', number, 'author', author, 'draft', draft, 'text', text,
  'submitted_at', now, 'edition', 1, 'decided_by', '', 'decision', '')
redis.call('ZADD', AUTHOR .. author, number, id)
redis.call('PEXPIRE', AUTHOR .. author, keep)
change(id, 'submitted')
ask_for_review(id)
redis.call('SET', OP, id, 'PX', keep_op)
return {id, redis.call('HGETALL', COMMENT .. id)}
