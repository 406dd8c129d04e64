-- args: gone, refused, expired or uncertain, reason.
local state, reason = unpack(args)
if not is_due(key, ref) then return end
local newer = tonumber(get(key, 'version')) > (tonumber(get(key, 'leased_version')) or 0)
-- an attempt whose end nobody knows is still to be looked for when something else is wanted in its place
if state ~= 'expired' then set(key, 'attempt', '') end
set(key, 'error', reason, 'leased', 0)
if newer and (state == 'refused' or state == 'expired') then
  reconsider(key, ref)
else
  rest(key, ref)
  set(key, 'state', state)
end
