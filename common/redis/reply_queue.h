#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "common/redis/reply.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace liandong::redis {

/// What became of a command; to be called by the owner when nothing of its own is on the stack.
struct Completion {
    std::move_only_function<void(Result<Reply>)> done;
    Result<Reply> result;
};

/// The commands of one connection that wait for their replies, first in first out, and their
/// deadlines. No I/O: time and bytes are told.
class ReplyQueue {
public:
    using Done = std::move_only_function<void(Result<Reply>)>;
    /// A command that is this long past its deadline without a reply makes the connection useless.
    static constexpr Duration kGrace = std::chrono::seconds{1};

    /// `first_byte`: the place of the command's first byte in all that the connection was given to
    /// write.
    void push(std::uint64_t first_byte, MonotonicTime deadline, Done done);

    /// Takes the reply to the oldest command; one whose deadline has passed drops it. False: nobody
    /// asked.
    [[nodiscard]] bool answer(Reply reply, std::vector<Completion>& completions);

    /// Completes what is past its deadline: DEADLINE_EXCEEDED / STORE_TIMEOUT (outcome unknown).
    /// Such a command keeps its slot, so that its late reply is not taken for another's. False: one
    /// is past kGrace; close.
    [[nodiscard]] bool expire(MonotonicTime now, std::vector<Completion>& completions);

    /// When `expire` has work next.
    std::optional<MonotonicTime> next_expiry() const;

    /// The connection is gone. Commands of which a byte may have been written (those before
    /// `handed_over`) complete with UNAVAILABLE / OUTCOME_UNKNOWN, the others with UNAVAILABLE /
    /// STORE_UNAVAILABLE: they were not done.
    void fail_all(std::uint64_t handed_over, const std::string& message,
                  std::vector<Completion>& completions);

    std::size_t size() const { return waiting_.size(); }

private:
    struct Waiting {
        std::uint64_t first_byte;
        MonotonicTime deadline;
        Done done;  ///< empty: expired
    };
    std::deque<Waiting> waiting_;
};

}  // namespace liandong::redis
