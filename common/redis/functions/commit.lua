#!lua name=liandong_v1
-- The whole write path of the store. It knows keys, versions and bytes, nothing of dispatch.
--
-- FCALL liandong_commit_v1 <n> <seq key> <log key> <keys of commit 1> <keys of commit 2> … <args of commit 1> …
--
-- Keys of one commit, in this order: its request record (0 or 1), those expected absent, those expected at a version,
-- those written without an expectation, one for each index change, one for each serial.
-- Args of one commit:
--   plan          big-endian numbers: seven of two bytes (request 0 or 1, absent, versioned, other, writes, index
--                 changes, serials); then for each write two bytes, the place of its key among the commit's keys; for
--                 each index change one byte, 1 to add and 0 to remove; for each serial four bytes: the write (two,
--                 from 1), the write's tag, the response's tag (0: none)
--   fingerprint, response                  when there is a request; a fingerprint has 64 characters
--   16 digits for each versioned key
--   the member for each index change
--   'h', header, and word, bytes for each write: the fields of the log entry as they stand
--
-- Answers one string a commit:
--   'C' 16 digits of seq, then what serials appended to the response       committed
--   'S' 16 digits of seq, the recorded response                            seen
--   'R'                                                                    request id reused
--   'X' places (from 1, absent ones first) of the expectations not met, a comma after each
--   'E' the error                                                          data are not what they should be; nothing
--                                                                          was done but perhaps a serial skipped
--
-- Lua does not roll back. So a commit's checks come first; then the writes that may fail (on a damaged key or a missing
-- right) through pcall, with the log entry as the last of them, taken back when one fails; then only SETs, which cannot fail, since the SET of the
-- sequence number went through before. Loops are bounded by the limits of the caller (64 commits, 2,048 keys a call).
-- Numbers: '%d' in Lua 5.1 is integer formatting, exact below 2^53; tostring() would not be.

local RECORD_SECONDS = '86400'

local function varint(number)
    local bytes = ''
    while number >= 128 do
        bytes = bytes .. string.char(number % 128 + 128)
        number = math.floor(number / 128)
    end
    return bytes .. string.char(number)
end

-- A pcall answers its error as a table.
local function failed(answer)
    return type(answer) == 'table' and answer.err
end

local function unmet(keys, first, absent, versioned, args, versions_at, absent_hold)
    local places = ''
    for i = 1, absent_hold and 0 or absent do
        if redis.call('EXISTS', keys[first + i - 1]) ~= 0 then places = places .. i .. ',' end
    end
    for i = 1, versioned do
        if redis.call('GETRANGE', keys[first + absent + i - 1], '0', '15') ~= args[versions_at + i - 1] then
            places = places .. (absent + i) .. ','
        end
    end
    return places
end

-- Takes back the index changes that had an effect, the last one first.
local function undo(plan, at, keys, index_at, args, members_at, effects, changed)
    for i = changed, 1, -1 do
        if effects[i] == 1 then
            local key, member = keys[index_at + i - 1], args[members_at + i - 1]
            if string.byte(plan, at + i - 1) == 1 then
                redis.call('ZREM', key, member)
            else
                redis.call('ZADD', key, '0', member)
            end
        end
    end
end

local function commit(keys, args)
    -- Bound here, since a library that is being loaded sees neither `string` nor `redis.call`.
    local byte, char, format, sub = string.byte, string.char, string.format, string.sub
    local call, pcall = redis.call, redis.pcall
    local seq_key, log_key = keys[1], keys[2]
    local seq = tonumber(call('GET', seq_key) or '0')
    local stored, may_set = seq, false
    local answers, count, effects = {}, 0, {}
    local next_key, next_arg, last_arg = 3, 1, #args

    while next_arg <= last_arg do
        local plan = args[next_arg]
        local _, request, a1, a0, v1, v0, o1, o0, w1, w0, i1, i0, s1, s0 = byte(plan, 1, 14)
        local absent, versioned, other = a1 * 256 + a0, v1 * 256 + v0, o1 * 256 + o0
        local writes, changes, serials = w1 * 256 + w0, i1 * 256 + i0, s1 * 256 + s0

        local first_key = next_key
        local expected_at = first_key + request
        local index_at = expected_at + absent + versioned + other
        local counters_at = index_at + changes
        next_key = counters_at + serials

        local request_at = next_arg + 1
        local versions_at = request_at + 2 * request
        local members_at = versions_at + versioned
        local fields_at = members_at + changes
        local fields_end = fields_at + 1 + 2 * writes
        next_arg = fields_end + 1

        local answer
        -- One EXISTS settles the usual case: a new request whose creations are all absent.
        local clean = request + absent == 0 or call('EXISTS', unpack(keys, first_key, expected_at + absent - 1)) == 0
        if not clean and request == 1 then
            local record = call('GET', keys[first_key])
            if record then
                if sub(record, 17, 80) == args[request_at] then
                    answer = 'S' .. sub(record, 1, 16) .. sub(record, 81)
                else
                    answer = 'R'
                end
            end
        end
        if not answer and (versioned > 0 or not clean) then
            local places = unmet(keys, expected_at, absent, versioned, args, versions_at, clean)
            if places ~= '' then answer = 'X' .. places end
        end

        if not answer then
            local number = seq + 1
            local digits = format('%016d', number)
            local at = 15 + 2 * writes
            local failure
            if not may_set then
                -- The first write of the call also proves the right to SET.
                failure = failed(pcall('SET', seq_key, format('%d', number)))
                if not failure then stored, may_set = number, true end
            end
            local suffix = ''
            for i = 1, serials do
                local value = not failure and pcall('INCR', keys[counters_at + i - 1]) or 0
                failure = failure or failed(value)
                if failure then break end
                local h, l, write_tag, response_tag = byte(plan, at + changes + 4 * i - 4, at + changes + 4 * i - 1)
                local bytes = varint(value)
                local field = fields_at + 1 + 2 * (h * 256 + l)
                args[field] = args[field] .. char(write_tag) .. bytes
                if response_tag ~= 0 and request == 1 then suffix = suffix .. char(response_tag) .. bytes end
            end
            local changed = 0
            for i = 1, changes do
                if failure then break end
                local effect
                if byte(plan, at + i - 1) == 1 then
                    effect = pcall('ZADD', keys[index_at + i - 1], '0', args[members_at + i - 1])
                else
                    effect = pcall('ZREM', keys[index_at + i - 1], args[members_at + i - 1])
                end
                failure = failed(effect)
                if failure then break end
                effects[i] = effect
                changed = i
            end
            if not failure then
                failure = failed(pcall('XADD', log_key, format('%d-0', number), unpack(args, fields_at, fields_end)))
            end
            if failure then
                undo(plan, at, keys, index_at, args, members_at, effects, changed)
                answer = 'E' .. failure
            else
                for i = 1, writes do
                    local h, l = byte(plan, 13 + 2 * i, 14 + 2 * i)
                    call('SET', keys[first_key + h * 256 + l], digits .. args[fields_at + 1 + 2 * i])
                end
                if request == 1 then
                    call('SET', keys[first_key], digits .. args[request_at] .. args[request_at + 1] .. suffix,
                         'EX', RECORD_SECONDS)
                end
                seq = number
                answer = 'C' .. digits .. suffix
            end
        end
        count = count + 1
        answers[count] = answer
    end

    if stored ~= seq then call('SET', seq_key, format('%d', seq)) end
    return answers
end

redis.register_function('liandong_commit_v1', commit)
