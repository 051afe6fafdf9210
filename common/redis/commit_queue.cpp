#include "common/redis/commit_queue.h"

#include "common/redis/error_reply.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace liandong::redis {
namespace {

/// Errors of `Connection` that leave open whether the command was done.
bool leaves_open(const Error& error) {
    return error.reason == "OUTCOME_UNKNOWN" || error.reason == "STORE_TIMEOUT";
}

}  // namespace

CommitQueue::CommitQueue(const Keys& keys, Connection& connection, Executor executor,
                         Timers& timers, std::function<void()> function_missing)
    : keys_(keys),
      connection_(connection),
      executor_(std::move(executor)),
      timers_(timers),
      function_missing_(std::move(function_missing)),
      deadlines_(timers, [this] { on_deadline(); }) {}

void CommitQueue::push(store::Batch batch, MonotonicTime deadline, Done done) {
    Commit commit{std::move(batch), {}, deadline, std::move(done)};
    if (deadline <= timers_.now()) {
        return answer(commit, fail(Code::kDeadlineExceeded, "STORE_TIMEOUT",
                                   "the deadline had passed before sending"));
    }
    if (waiting_.size() >= kWaiting_max) {
        return answer(commit, fail(Code::kResourceExhausted, "STORE_BUSY",
                                   "too many commits wait for redis"));
    }
    commit.encoded = encode(keys_, commit.batch);
    waiting_.push_back(std::move(commit));
    deadlines_.want(deadline);
    if (may_send()) post_flush();
}

bool CommitQueue::may_send() const {
    return in_flight_.empty() ||
           (in_flight_.size() < kCalls_max && waiting_.size() >= kJoining_min);
}

/// Posted, so that all commits of this turn of the loop go together.
void CommitQueue::post_flush() {
    if (std::exchange(flush_posted_, true)) return;
    boost::asio::post(executor_, [this, alive = std::weak_ptr<bool>(alive_)] {
        if (alive.expired()) return;
        flush_posted_ = false;
        flush();
    });
}

void CommitQueue::flush() {
    while (!waiting_.empty() && may_send()) send(take_call());
}

CommitQueue::Call CommitQueue::take_call() {
    Call commits;
    std::size_t keys = kCallKeys;
    std::size_t bytes = 0;
    while (!waiting_.empty() && commits.size() < kCallCommits_max) {
        Commit& next = waiting_.front();
        keys += next.encoded.keys.size();
        bytes += next.encoded.bytes();
        if (!commits.empty() && (keys > kCallKeys_max || bytes > kCallBytes_max)) break;
        commits.push_back(std::move(next));
        waiting_.pop_front();
    }
    return commits;
}

void CommitQueue::send(Call commits) {
    std::size_t keys = 0;
    std::size_t bytes = 256;
    MonotonicTime deadline{};
    for (const Commit& commit : commits) {
        keys += commit.encoded.keys.size();
        bytes += commit.encoded.bytes();
        deadline = std::max(deadline, commit.deadline);
    }
    Command call = begin_call(keys_, keys);
    call.reserve(bytes);
    for (const Commit& commit : commits)
        call.append(commit.encoded.keys.body(), commit.encoded.keys.size());
    for (const Commit& commit : commits)
        call.append(commit.encoded.args.body(), commit.encoded.args.size());
    ++stats_.calls;
    stats_.commits += commits.size();
    const auto sent = in_flight_.insert(in_flight_.end(), std::move(commits));
    // A connection that is destroyed forgets its callbacks, and it is destroyed after this queue:
    // `this` needs the guard.
    connection_.send(call, std::min(deadline, timers_.now() + kCallTime_max),
                     [this, sent, alive = std::weak_ptr<bool>(alive_)](Result<Reply> reply) {
                         if (!alive.expired()) on_reply(sent, std::move(reply));
                     });
}

void CommitQueue::on_reply(std::list<Call>::iterator sent, Result<Reply> reply) {
    Call call = std::move(*sent);
    in_flight_.erase(sent);
    if (!reply) {
        fail_all(call, reply.error(), leaves_open(reply.error()));
    } else if (reply->is(Reply::Type::kError)) {
        const Error error = to_error(*reply);
        fail_all(call, error, error.reason == "STORE_CORRUPT");
        if (says_function_missing(*reply)) function_missing_();
    } else {
        answer_all(call, *reply);
    }
    flush();
}

void CommitQueue::answer_all(Call& call, const Reply& answers) {
    if (answers.elements.size() != call.size()) {
        const Error error{Code::kInternal,
                          "STORE_CORRUPT",
                          "the commit function gave the wrong number of answers",
                          {}};
        return fail_all(call, error, true);
    }
    for (std::size_t i = 0; i < call.size(); ++i) {
        Commit& commit = call[i];
        if (commit.done) answer(commit, decode(answers.elements[i], commit.encoded, commit.batch));
    }
}

void CommitQueue::fail_all(Call& call, const Error& error, bool unknown) {
    for (Commit& commit : call) {
        if (!commit.done) continue;
        if (unknown) {
            answer(commit, store::CommitOutcome(store::Unknown{}));
        } else {
            answer(commit, fail(error));
        }
    }
}

void CommitQueue::answer(Commit& commit, Result<store::CommitOutcome> outcome) {
    if (outcome && std::holds_alternative<store::Unknown>(*outcome)) ++stats_.unknown;
    boost::asio::post(
        executor_, [alive = std::weak_ptr<bool>(alive_), done = std::exchange(commit.done, nullptr),
                    outcome = std::move(outcome)]() mutable {
            if (!alive.expired()) done(std::move(outcome));
        });
}

void CommitQueue::on_deadline() {
    const MonotonicTime now = timers_.now();
    std::optional<MonotonicTime> next;
    const auto look_at = [&](const Commit& commit) {
        if (commit.done) next = next ? std::min(*next, commit.deadline) : commit.deadline;
    };
    for (Call& call : in_flight_) {
        for (Commit& commit : call) {
            if (commit.done && commit.deadline <= now)
                answer(commit, store::CommitOutcome(store::Unknown{}));
            look_at(commit);
        }
    }
    std::erase_if(waiting_, [&](Commit& commit) {
        if (commit.deadline > now) return false;
        answer(commit, fail(Code::kDeadlineExceeded, "STORE_TIMEOUT",
                            "the deadline passed before sending"));
        return true;
    });
    for (const Commit& commit : waiting_) look_at(commit);
    deadlines_.want(next);
}

CommitQueue::Stats CommitQueue::stats() const {
    Stats stats = stats_;
    stats.waiting = waiting_.size();
    return stats;
}

}  // namespace liandong::redis
