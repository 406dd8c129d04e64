-- args: id, to, by, then the states it may come from.
local id, to, by = unpack(args)
local state = get(id, 'state')
for at = 4, #args do
  if args[at] == state then
    if by ~= '' then redis.call('HSET', COMMENT .. id, 'decided_by', by) end
    change(id, to)
    break
  end
end
return redis.call('HGETALL', COMMENT .. id)
