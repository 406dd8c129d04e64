-- args: not_sent or unknown, reason, after. Only a first send can leave a doubt; an edit is simply made again.
local how, reason, after = args[1], args[2], tonumber(args[3])
if not is_due(key, ref) then return end
if get(key, 'attempt') == 'open' then set(key, 'attempt', how == 'unknown' and 'unknown' or '') end
set(key, 'state', state_of(key), 'error', reason, 'leased', 0)
wake(key, ref, now + after)
