-- KEYS: the stream. ARGV: the oldest time to keep, how long a consumer may be silent, both in ms.
-- Drops what every group has read and done, and what is too old; forgets consumers that are gone for good.
local stream, oldest, silent = KEYS[1], ARGV[1] .. '-0', tonumber(ARGV[2])

local function fields(flat)
  local map = {}
  for at = 1, #flat, 2 do map[flat[at]] = flat[at + 1] end
  return map
end

local function parts(id)
  local time, number = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(time), tonumber(number)
end

local function before(a, b)
  local time_a, number_a = parts(a)
  local time_b, number_b = parts(b)
  return time_a < time_b or (time_a == time_b and number_a < number_b)
end

local function needed_by(group)
  local pending = redis.call('XPENDING', stream, group.name)
  if pending[1] > 0 then return pending[2] end
  local time, number = parts(group['last-delivered-id'])
  return string.format('%.0f-%.0f', time, number + 1)
end

local function forget(group)
  for _, flat in ipairs(redis.call('XINFO', 'CONSUMERS', stream, group.name)) do
    local consumer = fields(flat)
    if consumer.pending == 0 and consumer.idle > silent then
      redis.call('XGROUP', 'DELCONSUMER', stream, group.name, consumer.name)
    end
  end
end

if redis.call('EXISTS', stream) == 0 then return 0 end
local keep_from
for _, flat in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
  local group = fields(flat)
  local needed = needed_by(group)
  if not keep_from or before(needed, keep_from) then keep_from = needed end
  forget(group)
end
if not keep_from or before(keep_from, oldest) then keep_from = oldest end
return redis.call('XTRIM', stream, 'MINID', keep_from)
