-- What the scripts about comments share.
-- KEYS: events, queue, queue state, submissions, counters.
-- ARGV: comment, author and record prefixes, now, keep; then a script's own.
local EVENTS, QUEUE, QUEUE_STATE, SUBMISSIONS, COUNTERS = unpack(KEYS, 1, 5)
local COMMENT, AUTHOR, RECORD, now, keep = unpack(ARGV, 1, 5)
local args = {unpack(ARGV, 6)}
local COUNTED = {published = true, rejected = true, removed = true, held = true}
local RECENT, RECENT_MS = 5, 24 * 60 * 60 * 1000

local function get(id, name)
  return redis.call('HGET', COMMENT .. id, name) or ''
end

local function count(author, state, by)
  if not COUNTED[state] then return end
  redis.call('HINCRBY', RECORD .. author, state, by)
  redis.call('PEXPIRE', RECORD .. author, keep)
end

local function tell(subject)
  redis.call('XADD', EVENTS, '*', 'subject', subject)
end

-- A new state, with everything that follows from it: the author's record, the queue, the events.
local function change(id, to)
  local from, author = get(id, 'state'), get(id, 'author')
  count(author, from, -1)
  count(author, to, 1)
  redis.call('HSET', COMMENT .. id, 'state', to)
  redis.call('HINCRBY', COMMENT .. id, 'version', 1)
  redis.call('PEXPIRE', COMMENT .. id, keep)
  tell('comment:' .. id)
  if from == to or (from ~= 'held' and to ~= 'held') then return end
  if to == 'held' then redis.call('ZADD', QUEUE, get(id, 'number'), id) else redis.call('ZREM', QUEUE, id) end
  redis.call('HINCRBY', QUEUE_STATE, 'version', 1)
  tell('queue:')
end

-- The author's texts before this one, oldest first, as a JSON list.
local function recent(id)
  local texts, before = {}, '(' .. get(id, 'number')
  local others = redis.call('ZRANGE', AUTHOR .. get(id, 'author'), before, '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, RECENT)
  for _, other in ipairs(others) do
    local at, text = tonumber(get(other, 'submitted_at')), get(other, 'text')
    if at and at >= now - RECENT_MS and text ~= '' then table.insert(texts, 1, text) end
  end
  return #texts > 0 and cjson.encode(texts) or '[]'
end

local function ask_for_review(id)
  redis.call('XADD', SUBMISSIONS, '*', 'comment', id, 'recent', recent(id))
end
