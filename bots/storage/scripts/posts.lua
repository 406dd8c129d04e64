-- What the scripts about posts share. All keys stand under the tag of KEYS[1].
--
-- A post is a hash. What is wanted: version, wanted (1 or 0), post (JSON), number (the order in which posts were first
-- wanted), platform, lane, place, thread_of, reply_to, expires_at. What is there: shown, state, chat, message_id,
-- adopted. The way there: attempt ('' none; open: it began in this lease; unknown: nobody knows how it ended),
-- attempts, floor, leased (until when), leased_for, leased_version, leases. Joining: joined_in, or members.
-- It stands in the queue of its lane, by the time it is due, as long as wanted and shown differ.
local POST, OUTBOX, SHOWN, GROUP, FLOORS, CHATS, COUNTERS = unpack(ARGV, 1, 7)
local now, keep, ref = tonumber(ARGV[8]), ARGV[9], ARGV[10]
local args = {unpack(ARGV, 11)}
local key = POST .. ref

local function get(key, name)
  return redis.call('HGET', key, name) or ''
end

local function set(key, ...)
  redis.call('HSET', key, ...)
  redis.call('PEXPIRE', key, keep)
end

local function queue(key)
  return OUTBOX .. get(key, 'platform') .. ':' .. get(key, 'lane')
end

local function is_due(key, ref)
  return redis.call('ZSCORE', queue(key), ref)
end

-- Nobody else may work on it before a running lease ends.
local function wake(key, ref, at)
  redis.call('ZADD', queue(key), math.max(at, tonumber(get(key, 'leased')) or 0), ref)
end

local function rest(key, ref)
  redis.call('ZREM', queue(key), ref)
  set(key, 'leased', 0)
end

local function state_of(key)
  if get(key, 'chat') ~= '' then return 'sent' end
  return get(key, 'attempt') ~= '' and 'sending' or 'planned'
end

-- What needs no platform to become true: nothing wanted where nothing is, a reader's own message that may stay.
local function settle(key, ref)
  local wanted, chat = get(key, 'wanted') == '1', get(key, 'chat')
  if wanted and chat ~= '' and get(key, 'adopted') == '1' then
    set(key, 'shown', get(key, 'version'), 'state', 'sent')
  elseif not wanted and chat == '' and get(key, 'attempt') == '' then
    set(key, 'shown', get(key, 'version'), 'state', 'deleted')
  else
    return false
  end
  rest(key, ref)
  return true
end

-- What is wanted has changed: decides whether there is work, and when.
local function reconsider(key, ref)
  local state = get(key, 'state')
  if state == 'gone' or state == 'uncertain' then return end
  if (tonumber(get(key, 'leased')) or 0) <= now and settle(key, ref) then return end
  set(key, 'state', state_of(key))
  wake(key, ref, now)
end

-- A joined post is as new as its parts, and wanted while one of them is.
local function recompose(joined)
  local key, version, wanted = POST .. joined, 0, '0'
  for _, member in ipairs(cjson.decode(get(key, 'members'))) do
    version = version + (tonumber(get(POST .. member, 'version')) or 0)
    if get(POST .. member, 'wanted') == '1' then wanted = '1' end
  end
  set(key, 'version', version, 'wanted', wanted)
  reconsider(key, joined)
end

-- Remembers where a message is, both ways. `place` is empty for a reader's private chat.
local function placed(key, ref, chat, id)
  local platform, place = get(key, 'platform'), get(key, 'place')
  set(key, 'chat', chat, 'message_id', id)
  redis.call('HSETNX', key, 'sent_at', now)
  redis.call('SET', SHOWN .. platform .. ':' .. chat .. ':' .. id, ref, 'PX', keep)
  if place ~= '' then
    note(FLOORS, platform .. ':' .. chat, id)
    redis.call('HSET', CHATS, place, chat)
  end
end
