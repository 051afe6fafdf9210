#pragma once

#include "common/async/signal.h"
#include "common/async/task.h"

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace liandong {

/// Lets one caller a key through at a time, in the order they came, so that those who would write
/// the same thing do not make each other try again. A courtesy and never a lock: other processes
/// pass by it, and beyond kWaiters_max a caller is let through at once. On one io_context.
class KeyedGate {
    struct State;

public:
    explicit KeyedGate(Executor executor);

    /// Held by whoever is inside; lets the next one in when it goes. May outlive the gate.
    class Pass {
    public:
        Pass() = default;
        Pass(Pass&& other) noexcept
            : state_(std::exchange(other.state_, nullptr)), key_(std::move(other.key_)) {}
        Pass& operator=(Pass&&) = delete;
        ~Pass();

    private:
        friend class KeyedGate;
        Pass(std::shared_ptr<State> state, std::string key)
            : state_(std::move(state)), key_(std::move(key)) {}

        std::shared_ptr<State> state_;
        std::string key_;
    };

    /// Waits for its turn.
    Task<Pass> enter(std::string key);

    /// Callers that wait for one key.
    static constexpr std::size_t kWaiters_max = 1'024;

private:
    std::shared_ptr<State> state_;
};

}  // namespace liandong
