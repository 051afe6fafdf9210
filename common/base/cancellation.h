#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace liandong {

/// Tells a call's work that nobody waits for it any more. Copies share one state; on one
/// io_context. Work asks between its steps; a wait registers a callback to be woken.
class Cancellation {
    struct State {
        bool cancelled = false;
        std::uint64_t next_id = 1;
        std::map<std::uint64_t, std::function<void()>> callbacks;
    };

public:
    Cancellation() : state_(std::make_shared<State>()) {}

    bool is_cancelled() const { return state_->cancelled; }

    /// Runs every registered callback once; later calls do nothing.
    void cancel() {
        if (std::exchange(state_->cancelled, true)) return;
        for (auto& [id, callback] : std::exchange(state_->callbacks, {})) callback();
    }

    /// Keeps a callback registered for as long as it lives.
    class Registration {
    public:
        Registration() = default;
        Registration(const Registration&) = delete;
        Registration& operator=(const Registration&) = delete;
        Registration(Registration&& other) noexcept { swap(other); }
        Registration& operator=(Registration&& other) noexcept {
            swap(other);
            return *this;
        }
        ~Registration() {
            if (state_) state_->callbacks.erase(id_);
        }

    private:
        friend class Cancellation;
        void swap(Registration& other) {
            std::swap(state_, other.state_);
            std::swap(id_, other.id_);
        }
        std::shared_ptr<State> state_;
        std::uint64_t id_ = 0;
    };

    /// Calls `callback` on cancel, or at once when already cancelled.
    [[nodiscard]] Registration on_cancel(std::function<void()> callback) {
        Registration registration;
        if (state_->cancelled) {
            callback();
            return registration;
        }
        registration.state_ = state_;
        registration.id_ = state_->next_id++;
        state_->callbacks.emplace(registration.id_, std::move(callback));
        return registration;
    }

private:
    std::shared_ptr<State> state_;
};

}  // namespace liandong
