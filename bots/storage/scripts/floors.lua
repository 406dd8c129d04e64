-- The highest message id known in a chat. Ids are numbers of up to 20 digits, more than Lua counts exactly.
local function higher(a, b)
  return #a > #b or (#a == #b and a > b)
end

local function note(floors, chat, id)
  local known = redis.call('HGET', floors, chat) or ''
  if string.find(id, '^%d+$') and higher(id, known) then
    redis.call('HSET', floors, chat, id)
  end
end
