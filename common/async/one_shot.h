#pragma once

#include "common/async/task.h"
#include "common/base/check.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <optional>
#include <utility>

namespace liandong {

/// One value, set once, awaited once, on one io_context. The waiter is always resumed through the
/// executor, never from inside `set`, so that nobody is re-entered. Must outlive its waiter.
template <class T> class OneShot {
public:
    explicit OneShot(Executor executor) : executor_(std::move(executor)) {}
    OneShot(const OneShot&) = delete;
    OneShot& operator=(const OneShot&) = delete;

    bool is_set() const { return set_; }

    void set(T value) {
        LIANDONG_CHECK(!set_);
        set_ = true;
        if (waiter_) {
            boost::asio::post(executor_,
                              [waiter = std::move(waiter_), value = std::move(value)]() mutable {
                                  waiter(std::move(value));
                              });
        } else {
            value_ = std::move(value);
        }
    }

    Task<T> wait() {
        LIANDONG_CHECK(!waiter_);
        if (value_) co_return std::move(*value_);
        co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>,
                                                       void(T)>(
            [this](auto handler) { waiter_ = std::move(handler); },
            boost::asio::use_awaitable_t<Executor>{});
    }

private:
    Executor executor_;
    bool set_ = false;
    std::optional<T> value_;
    std::move_only_function<void(T)> waiter_;
};

}  // namespace liandong
