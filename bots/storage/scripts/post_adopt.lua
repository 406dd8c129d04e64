-- args: platform, destination, place, chat, message id.
local platform, destination, place, chat, id = unpack(args)
if get(key, 'chat') ~= '' then return 0 end
set(key, 'platform', platform, 'destination', destination, 'place', place, 'adopted', 1, 'state', 'sent')
redis.call('HSETNX', key, 'lane', 1)
redis.call('HSETNX', key, 'planned_at', now)
redis.call('HSETNX', key, 'version', 0)
redis.call('HSETNX', key, 'shown', 0)
placed(key, ref, chat, id)
if get(key, 'post') ~= '' then reconsider(key, ref) end
return 1
