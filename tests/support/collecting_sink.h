#pragma once

#include "common/async/sink.h"

#include <utility>
#include <vector>

namespace liandong::test {

/// A watcher that takes whatever it is sent, until it is gone.
template <class Message> class CollectingSink final : public Sink<Message> {
public:
    Task<bool> send(Message message) override {
        if (cancellation_.is_cancelled()) co_return false;
        messages_.push_back(std::move(message));
        co_return true;
    }
    Cancellation cancellation() const override { return cancellation_; }

    /// The peer hangs up.
    void close() { cancellation_.cancel(); }
    const std::vector<Message>& messages() const { return messages_; }
    /// What came since the last call.
    std::vector<Message> take() { return std::exchange(messages_, {}); }

private:
    Cancellation cancellation_;
    std::vector<Message> messages_;
};

}  // namespace liandong::test
