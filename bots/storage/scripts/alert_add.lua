-- KEYS: events, counters, op, alerts, due. ARGV: alert prefix, story prefix, poll prefix, keep, keep op,
-- draft, headline, topic, poll id, state, now, publish at. Gives the alert's id.
local EVENTS, COUNTERS, OP, ALERTS, DUE = unpack(KEYS)
local ALERT, STORY, POLL, keep, keep_op, draft, headline, topic, poll, state, now, publish_at = unpack(ARGV)
local known = redis.call('GET', OP)
if known then return known end
local id = 'a' .. redis.call('HINCRBY', COUNTERS, 'alert', 1)
local story = 's' .. redis.call('HINCRBY', COUNTERS, 'story', 1)
redis.call('HSET', STORY .. story, 'headline', headline, 'topic', topic, 'alert', id)
redis.call('PEXPIRE', STORY .. story, keep)
redis.call('HSET', ALERT .. id, 'story_id', story, 'draft', draft, 'state', state, 'version', 1,
  'created_at', now, 'publish_at', publish_at, 'reason', '')
redis.call('PEXPIRE', ALERT .. id, keep)
if poll ~= '' then redis.call('SET', POLL .. poll, id, 'PX', keep) end
redis.call('ZADD', ALERTS, string.sub(id, 2), id)
if state == 'scheduled' then redis.call('ZADD', DUE, publish_at, id) end
redis.call('XADD', EVENTS, '*', 'subject', 'alert:' .. id)
redis.call('SET', OP, id, 'PX', keep_op)
return id
