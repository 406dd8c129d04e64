-- ARGV: platform. Gives how many wait, the number of the notice that says so, and its version.
local notice, version = unpack(redis.call('HMGET', QUEUE_STATE, 'notice:' .. ARGV[1], 'version'))
return {#waiting(), 1 + (tonumber(notice) or 0), 1 + (tonumber(version) or 0)}
