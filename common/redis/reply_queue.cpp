#include "common/redis/reply_queue.h"

#include <algorithm>
#include <utility>

namespace liandong::redis {

void ReplyQueue::push(std::uint64_t first_byte, MonotonicTime deadline, Done done) {
    waiting_.push_back(Waiting{first_byte, deadline, std::move(done)});
}

bool ReplyQueue::answer(Reply reply, std::vector<Completion>& completions) {
    if (waiting_.empty()) return false;
    Waiting oldest = std::move(waiting_.front());
    waiting_.pop_front();
    if (oldest.done) completions.push_back(Completion{std::move(oldest.done), std::move(reply)});
    return true;
}

bool ReplyQueue::expire(MonotonicTime now, std::vector<Completion>& completions) {
    bool usable = true;
    for (Waiting& command : waiting_) {
        if (command.deadline > now) continue;
        if (command.done) {
            completions.push_back(Completion{std::exchange(command.done, nullptr),
                                             fail(Code::kDeadlineExceeded, "STORE_TIMEOUT",
                                                  "redis did not answer within the deadline")});
        }
        usable = usable && command.deadline + kGrace > now;
    }
    return usable;
}

std::optional<MonotonicTime> ReplyQueue::next_expiry() const {
    std::optional<MonotonicTime> next;
    for (const Waiting& command : waiting_) {
        const MonotonicTime when = command.done ? command.deadline : command.deadline + kGrace;
        next = next ? std::min(*next, when) : when;
    }
    return next;
}

void ReplyQueue::fail_all(std::uint64_t handed_over, const std::string& message,
                          std::vector<Completion>& completions) {
    for (Waiting& command : std::exchange(waiting_, {})) {
        if (!command.done) continue;
        const char* reason =
            command.first_byte < handed_over ? "OUTCOME_UNKNOWN" : "STORE_UNAVAILABLE";
        completions.push_back(
            Completion{std::move(command.done), fail(Code::kUnavailable, reason, message)});
    }
}

}  // namespace liandong::redis
