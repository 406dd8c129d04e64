-- args: queue, limit, lease, soon, later. Gives what it took in the order in which it was first wanted.
local due, limit = args[1], tonumber(args[2])
local lease, soon, later = tonumber(args[3]), tonumber(args[4]), tonumber(args[5])
local LOST = {gone = true, refused = true, deleted = true, expired = true}

local function where(ref)
  local joined = get(POST .. ref, 'joined_in')
  local key = POST .. (joined ~= '' and joined or ref)
  return get(key, 'chat'), get(key, 'message_id'), get(key, 'state')
end

local function ends(key, ref, state, why)
  set(key, 'state', state, 'error', why)
  rest(key, ref)
end

-- A first message for a thread waits until the thread is there, and ends when it never will be.
local function waits(key, ref)
  local thread, expires_at = get(key, 'thread_of'), tonumber(get(key, 'expires_at'))
  if thread == '' or get(key, 'wanted') == '0' or get(key, 'chat') ~= '' then return false end
  local chat, _, state = where(thread)
  if chat ~= '' then return false end
  if LOST[state] then
    ends(key, ref, 'gone', 'its thread is ' .. state)
  elseif expires_at and expires_at <= now then
    ends(key, ref, 'expired', 'its thread did not open in time')
  else
    local unknown = state == '' or state == 'uncertain'
    redis.call('ZADD', due, now + (unknown and later or soon), ref)
  end
  return true
end

local function parts(key)
  local posts, members = {}, get(key, 'members')
  for _, member in ipairs(members ~= '' and cjson.decode(members) or {}) do
    if get(POST .. member, 'wanted') == '1' then table.insert(posts, get(POST .. member, 'post')) end
  end
  return posts
end

local function take(key, ref)
  local version = get(key, 'version')
  if get(key, 'attempt') == 'open' then set(key, 'attempt', 'unknown') end
  set(key, 'leased', now + lease, 'leased_for', lease, 'leased_version', version)
  local token = redis.call('HINCRBY', key, 'leases', 1)
  redis.call('ZADD', due, now + lease, ref)
  local thread_chat, thread_id = where(get(key, 'thread_of'))
  local reply_chat, reply_id = where(get(key, 'reply_to'))
  return {ref, get(key, 'post'), version, get(key, 'lane'), get(key, 'chat'), get(key, 'message_id'),
    get(key, 'attempts'), get(key, 'attempt'), thread_chat, thread_id, reply_chat, reply_id, get(key, 'floor'),
    tostring(token), get(key, 'attempted'), get(key, 'members') ~= '' and 'joined' or '', parts(key)}
end

local taken = {}
for _, ref in ipairs(redis.call('ZRANGE', due, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)) do
  local key = POST .. ref
  if redis.call('EXISTS', key) == 0 then
    redis.call('ZREM', due, ref)
  elseif not settle(key, ref) and not waits(key, ref) then
    table.insert(taken, {number = tonumber(get(key, 'number')), values = take(key, ref)})
  end
end
table.sort(taken, function(a, b) return a.number < b.number end)
local values = {}
for at, each in ipairs(taken) do values[at] = each.values end
return values
