#pragma once

#include "simulator/agents/resend.h"

#include <functional>
#include <utility>

namespace liandong::simulator {

/// Hands each message of a stream to a function, at once.
template <class Message> class FunctionSink final : public Sink<Message> {
public:
    FunctionSink(Cancellation stop, std::function<void(const Message&)> take)
        : stop_(std::move(stop)), take_(std::move(take)) {}

    Task<bool> send(Message message) override {
        if (stop_.is_cancelled()) co_return false;
        take_(message);
        co_return true;
    }
    Cancellation cancellation() const override { return stop_; }

private:
    Cancellation stop_;
    std::function<void(const Message&)> take_;
};

/// Follows a stream until the replay stops: opens it again after every end, where `open` starts a
/// watch that resumes behind the last message taken. A stream that is refused for good is counted
/// and given up.
template <class Message, class Open>
Task<void> follow(Exercise& exercise, std::string_view name, Open open,
                  std::function<void(const Message&)> take) {
    Duration backoff = kFirstBackoff;
    while (!exercise.stop.is_cancelled()) {
        bool got_one = false;
        FunctionSink<Message> sink(exercise.stop, [&](const Message& message) {
            got_one = true;
            take(message);
        });
        const Error end = co_await open(sink);
        if (exercise.stop.is_cancelled()) co_return;
        const bool ended_by_age = end.reason == "TOKEN_EXPIRED";
        if (!may_resend(end) && !ended_by_age) {
            exercise.record.refused(name, end);
            co_return;
        }
        exercise.record.count(Counter::kStreamsResumed);
        backoff = got_one ? kFirstBackoff : std::min(backoff * 2, kBackoff_max);
        co_await exercise.sleep_until(exercise.now() + jittered(backoff, exercise.random));
    }
}

}  // namespace liandong::simulator
