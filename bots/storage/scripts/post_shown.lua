-- args: version, chat, message id (both empty: nothing is shown).
local version, chat, id = unpack(args)
local wanted, shown, attempt = get(key, 'version'), get(key, 'shown'), get(key, 'attempt')
local repeated = attempt == '' and shown ~= '' and tonumber(version) <= tonumber(shown)
if wanted == '' or repeated then return end
set(key, 'shown', version, 'leased', 0, 'attempt', '', 'error', '')
redis.call('HDEL', key, 'floor', 'attempted')
if chat == '' then
  redis.call('HDEL', key, 'chat', 'message_id', 'adopted')
  set(key, 'state', 'deleted')
else
  placed(key, ref, chat, id)
  set(key, 'state', 'sent')
end
if tonumber(version) < tonumber(wanted) then reconsider(key, ref) else rest(key, ref) end
