-- args: lease, place, platform, what is sent. Whether the lease still holds; it then starts anew. A repeat changes nothing.
local lease, place, platform, attempted = unpack(args)
local leased = tonumber(get(key, 'leased')) or 0
if get(key, 'leases') ~= lease or leased <= now or get(key, 'chat') ~= '' then return 0 end
if get(key, 'attempt') == 'open' then return 1 end
local chat = redis.call('HGET', CHATS, place) or ''
redis.call('HSETNX', key, 'floor', redis.call('HGET', FLOORS, platform .. ':' .. chat) or '')
redis.call('HINCRBY', key, 'attempts', 1)
leased = now + tonumber(get(key, 'leased_for'))
set(key, 'state', 'sending', 'attempt', 'open', 'attempted', attempted, 'leased', leased)
wake(key, ref, leased)
return 1
