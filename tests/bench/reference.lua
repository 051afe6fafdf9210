#!lua name=liandong_bench_v1
-- The floor of every durable change: the least that a commit asks of Redis, and constant, so that figures of different
-- days and versions stand beside one floor. One report: its request id and two entities are new, the sequence and two
-- serials go up, one index gains a member, the event is appended, and two entities of 500 bytes and a request record of
-- 500 bytes are set.
--
-- FCALL liandong_bench_reference_v1 8 <seq> <log> <request> <report> <incident> <index> <serial> <serial>
--       <member> <event header> <report's 500 bytes> <incident's 500 bytes> <record's 500 bytes>
--
-- Do not make it cheaper or dearer: its price is the measure.

local function reference(keys, args)
    if redis.call('EXISTS', keys[3], keys[4], keys[5]) ~= 0 then return redis.error_reply('SEEN') end
    local digits = string.format('%016d', redis.call('INCR', keys[1]))
    redis.call('INCR', keys[7])
    redis.call('INCR', keys[8])
    redis.call('ZADD', keys[6], '0', args[1])
    redis.call('XADD', keys[2], '*', 'h', args[2], 'report', args[3], 'incident', args[4])
    redis.call('SET', keys[4], digits .. args[3])
    redis.call('SET', keys[5], digits .. args[4])
    redis.call('SET', keys[3], digits .. args[5], 'EX', '86400')
    return digits
end

redis.register_function('liandong_bench_reference_v1', reference)
