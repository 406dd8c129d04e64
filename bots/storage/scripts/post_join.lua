-- args: the refs. What was sent, began to be sent or is joined already stays as it is.
local members, first = {}, nil
for _, member in ipairs(args) do
  local key = POST .. member
  local untouched = get(key, 'state') == 'planned' and get(key, 'wanted') == '1' and get(key, 'joined_in') == ''
  local thread = get(key, 'platform') .. ' ' .. get(key, 'thread_of')
  first = first or (untouched and thread)
  if untouched and thread == first then table.insert(members, member) end
end
if #members < 2 then
  for _, member in ipairs(members) do
    set(POST .. member, 'leased', 0)
    wake(POST .. member, member, now)
  end
  return
end
local joined, head, lane = 'joined:' .. members[1], POST .. members[1], 2
for _, member in ipairs(members) do
  local key = POST .. member
  lane = math.min(lane, tonumber(get(key, 'lane')))
  rest(key, member)
  set(key, 'state', 'joined', 'joined_in', joined)
end
set(POST .. joined, 'platform', get(head, 'platform'), 'lane', lane, 'destination', get(head, 'destination'),
  'place', get(head, 'place'), 'thread_of', get(head, 'thread_of'), 'post', get(head, 'post'),
  'number', get(head, 'number'), 'members', cjson.encode(members), 'state', 'planned', 'planned_at', now)
recompose(joined)
