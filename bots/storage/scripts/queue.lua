-- What the scripts about a room's cards share. KEYS: events, queue, queue state, cards.
local EVENTS, QUEUE, QUEUE_STATE, CARDS = unpack(KEYS, 1, 4)

local function changed()
  redis.call('HINCRBY', QUEUE_STATE, 'version', 1)
  redis.call('XADD', EVENTS, '*', 'subject', 'queue:')
end

local function has_card(id)
  return redis.call('SISMEMBER', CARDS, id) == 1
end

-- The held comments without a card, oldest first.
local function waiting()
  local ids = {}
  for _, id in ipairs(redis.call('ZRANGE', QUEUE, 0, -1)) do
    if not has_card(id) then table.insert(ids, id) end
  end
  return ids
end
