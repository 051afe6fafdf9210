#pragma once

#include "common/base/error.h"
#include "common/redis/command.h"
#include "common/redis/keys.h"
#include "common/redis/reply.h"
#include "common/store/store.h"

#include <cstdint>
#include <vector>

namespace liandong::redis {

/// One commit in the form that `liandong_commit_v1` reads (described in functions/commit.lua).
/// Pure.
struct EncodedCommit {
    Command keys;
    Command args;
    /// The function's place of an expectation (from 0) → its index in the batch: the function wants
    /// absent ones first.
    std::vector<std::uint16_t> expectation_at;

    std::size_t bytes() const { return keys.body().size() + args.body().size(); }
};

/// The batch must be within the store's limits; a fingerprint has 64 characters and a serial names
/// a write of the batch.
EncodedCommit encode(const Keys& keys, const store::Batch& batch);

/// The beginning of the call that carries the commits; their keys follow, then their arguments.
Command begin_call(const Keys& keys, std::size_t commit_keys);
/// Keys that `begin_call` adds.
inline constexpr std::size_t kCallKeys = 2;

/// What the function answered for one commit. INTERNAL / STORE_CORRUPT: not done, the data are
/// damaged.
Result<store::CommitOutcome> decode(const Reply& answer, const EncodedCommit& commit,
                                    const store::Batch& batch);

/// "<16 digits of version><bytes>"; nil is absent. INTERNAL / STORE_CORRUPT.
Result<store::StoredValue> decode_value(Reply& value);

/// A request record against the query. INTERNAL / STORE_CORRUPT.
Result<decltype(store::ReadOutcome::request)> decode_request(const Reply& record,
                                                             const store::RequestQuery& query);

}  // namespace liandong::redis
