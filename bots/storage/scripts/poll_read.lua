-- KEYS: the poll, tally. Both at one moment.
return {redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2])}
