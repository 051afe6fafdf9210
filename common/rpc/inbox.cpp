#include "common/rpc/inbox.h"

#include <boost/asio/post.hpp>

namespace liandong::rpc {

std::shared_ptr<Inbox> Inbox::make(Executor executor) {
    return std::shared_ptr<Inbox>(new Inbox(std::move(executor)));
}

void Inbox::push(InboxItem& item) {
    InboxItem* before = newest_.load(std::memory_order_relaxed);
    do {
        item.next_ = before;
    } while (!newest_.compare_exchange_weak(before, &item, std::memory_order_release,
                                            std::memory_order_relaxed));
    // Whoever finds it empty wakes the io_context; the others' items are taken by the same turn.
    if (before == nullptr) {
        boost::asio::post(executor_, [self = shared_from_this()] { self->drain(); });
    }
}

void Inbox::drain() {
    InboxItem* newest = newest_.exchange(nullptr, std::memory_order_acquire);
    InboxItem* oldest = nullptr;
    while (newest != nullptr) {
        InboxItem* const before = newest->next_;
        newest->next_ = oldest;
        oldest = newest;
        newest = before;
    }
    while (oldest != nullptr) {
        InboxItem* const next = oldest->next_;  // read first: `take` may end the item
        oldest->take();
        oldest = next;
    }
}

}  // namespace liandong::rpc
