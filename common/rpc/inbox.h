#pragma once

#include "common/async/task.h"

#include <atomic>
#include <memory>

namespace liandong::rpc {

/// Something that gRPC's threads hand to the io_context. It is the queue's own node: handing over
/// allocates nothing. An item may be pushed again only after it was taken.
class InboxItem {
public:
    InboxItem() = default;
    InboxItem(const InboxItem&) = delete;
    InboxItem& operator=(const InboxItem&) = delete;
    /// On the io_context's thread. The item may be gone when it returns.
    virtual void take() = 0;

protected:
    ~InboxItem() = default;

private:
    friend class Inbox;
    InboxItem* next_ = nullptr;
};

/// The one way from gRPC's threads to the io_context: many items that arrive while it is busy cost
/// one wake-up. Without a lock (a stack whose taker reverses it, so items are taken in the order
/// they came). Its bound is that of the calls in flight, each of which owns at most three items.
class Inbox : public std::enable_shared_from_this<Inbox> {
public:
    static std::shared_ptr<Inbox> make(Executor executor);

    /// Any thread. `item` must stay alive until it is taken.
    void push(InboxItem& item);

private:
    explicit Inbox(Executor executor) : executor_(std::move(executor)) {}
    void drain();

    Executor executor_;
    std::atomic<InboxItem*> newest_{nullptr};
};

}  // namespace liandong::rpc
