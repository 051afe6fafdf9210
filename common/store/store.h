#pragma once

#include "common/async/task.h"
#include "common/base/error.h"
#include "common/base/time.h"
#include "common/domain/entity.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace liandong::store {

using domain::IndexEntry;
using domain::Key;

/// A point in a scope's log: comparable within one epoch.
struct Revision {
    std::uint64_t epoch = 0;
    std::uint64_t seq = 0;

    friend auto operator<=>(const Revision&, const Revision&) = default;
};

/// One stored entity. `version` is the seq of the event that last wrote it; 0: absent, `bytes`
/// empty.
struct StoredValue {
    std::uint64_t version = 0;
    std::string bytes;  ///< a message of `liandong.storage.v1`, without the 16 digits that precede
                        ///< it on Redis

    friend bool operator==(const StoredValue&, const StoredValue&) = default;
};

struct Expectation {
    Key key;
    std::uint64_t version = 0;  ///< 0: expected absent
};

struct Write {
    Key key;
    std::string bytes;
};

struct IndexChange {
    IndexEntry entry;
    bool add = true;
};

/// A readable number: the commit increments `counter` and appends it, as the varint field whose tag
/// byte is given, to one write and to the recorded response (protobuf: the last occurrence of a
/// field wins). Only the commit knows it.
struct Serial {
    std::string counter;            ///< "incident:20260718"; [a-z]+:[0-9]{8}
    std::size_t write = 0;          ///< index into `Batch::writes`
    std::uint8_t write_tag = 0;     ///< (field number << 3), field number 1–15
    std::uint8_t response_tag = 0;  ///< same, or 0: not appended to the response
};

/// The caller's request and the response to give when it is seen again.
struct RequestRecord {
    std::string request_id;
    std::string fingerprint;  ///< 64 hex digits over method, agency and content
    std::string response;
};
/// Request records live this long (wall time): a convenience only, derived ids keep a later resend
/// from creating twice.
inline constexpr std::chrono::hours kRequestRecordLifetime{24};

/// What one commit does, all or nothing. Limits: kBatchKeys_max keys in all (expectations + writes
/// + index changes + serials), kEntityBytes_max a write; beyond them the commit answers
/// RESOURCE_EXHAUSTED / BATCH_TOO_LARGE.
struct Batch {
    std::vector<Expectation> expectations;
    std::vector<Write> writes;
    std::vector<IndexChange> index_changes;
    std::vector<Serial> serials;
    std::optional<RequestRecord> request;
    std::string event_header;  ///< `liandong.storage.v1.EventHeader`
};
inline constexpr std::size_t kBatchKeys_max = 2'048;
inline constexpr std::size_t kEntityBytes_max = 16 * 1024;

/// Done, durably. `response` is the recorded one, serials appended.
struct Committed {
    std::uint64_t seq = 0;
    std::string response;
};
/// Done before, under the same request id with the same fingerprint.
struct Seen {
    std::uint64_t seq = 0;
    std::string response;
};
/// The request id was used with another fingerprint.
struct Reused {};
/// Nothing done: these keys are not at the expected version.
struct Conflict {
    std::vector<Key> keys;
};
/// The reply was lost: done or not, nobody knows. Safe to send again with the same request id.
struct Unknown {};
using CommitOutcome = std::variant<Committed, Seen, Reused, Conflict, Unknown>;

struct RequestQuery {
    std::string request_id;
    std::string fingerprint;
};
struct ReadOutcome {
    std::vector<StoredValue> values;  ///< one for each key, in order
    /// monostate: never seen (or not asked).
    std::variant<std::monostate, Seen, Reused> request;
};

/// One event of the log.
struct LogEntry {
    std::uint64_t seq = 0;
    std::string header;         ///< `liandong.storage.v1.EventHeader`
    std::vector<Write> writes;  ///< byte for byte as stored, serials included
};

/// Durable state of ONE scope. Implementations: `MemoryStore`, `redis::RedisStore`; `FaultStore`
/// decorates either. One contract suite (tests/contract) holds them equal. Used from one
/// io_context. Errors mean *nothing was done*: UNAVAILABLE / STORE_UNAVAILABLE, DEADLINE_EXCEEDED /
/// STORE_TIMEOUT (reads), RESOURCE_EXHAUSTED / STORE_BUSY, RESOURCE_EXHAUSTED / STORE_FULL,
/// INTERNAL / STORE_CORRUPT.
class Store {
public:
    virtual ~Store() = default;

    /// All values and the request record at one instant. ≤ kBatchKeys_max keys.
    virtual Task<Result<ReadOutcome>> read(std::vector<Key> keys,
                                           std::optional<RequestQuery> request,
                                           MonotonicTime deadline) = 0;

    /// Request id first, then versions, then all writes, index changes, serials and the one event
    /// under the next gapless seq. Two answers to one request id are equal byte for byte.
    virtual Task<Result<CommitOutcome>> commit(Batch batch, MonotonicTime deadline) = 0;

    /// Up to `count` (1–1,000) members of an index in byte order, strictly behind `after` ("" from
    /// the start).
    virtual Task<Result<std::vector<std::string>>> list(std::string index, std::string after,
                                                        std::size_t count,
                                                        MonotonicTime deadline) = 0;

    /// Events with seq > `after` in order, up to `count` (1–1,000). Waits up to `wait` for the
    /// first one; empty when none came. One tail at a time per store object. ABORTED /
    /// LOG_WENT_BACK when the log is seen to end before `after`: a failover lost a suffix.
    virtual Task<Result<std::vector<LogEntry>>> tail(std::uint64_t after, std::size_t count,
                                                     Duration wait) = 0;

    /// Seq of the last event, 0 for an empty log.
    virtual Task<Result<std::uint64_t>> last_seq(MonotonicTime deadline) = 0;
};

}  // namespace liandong::store
