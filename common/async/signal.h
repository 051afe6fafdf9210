#pragma once

#include "common/async/task.h"
#include "common/base/check.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <utility>

namespace liandong {

/// A wake-up for one waiter: `notify` before `wait` is remembered (once), so none is lost. On one
/// io_context; the waiter is resumed through the executor. Must outlive its waiter.
class Signal {
public:
    explicit Signal(Executor executor) : executor_(std::move(executor)) {}
    Signal(const Signal&) = delete;
    Signal& operator=(const Signal&) = delete;

    void notify() {
        if (waiter_) {
            boost::asio::post(executor_, std::move(waiter_));
            waiter_ = nullptr;
        } else {
            pending_ = true;
        }
    }

    Task<void> wait() {
        LIANDONG_CHECK(!waiter_);
        if (std::exchange(pending_, false)) co_return;
        co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void()>(
            [this](auto handler) { waiter_ = std::move(handler); },
            boost::asio::use_awaitable_t<Executor>{});
    }

private:
    Executor executor_;
    bool pending_ = false;
    std::move_only_function<void()> waiter_;
};

}  // namespace liandong
