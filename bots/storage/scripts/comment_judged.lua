-- args: id, edition, decision, to. A repeat finds it moved already.
local id, edition, decision, to = unpack(args)
if get(id, 'state') == 'submitted' and get(id, 'edition') == edition then
  redis.call('HSET', COMMENT .. id, 'decision', decision)
  change(id, to)
end
return redis.call('HGETALL', COMMENT .. id)
