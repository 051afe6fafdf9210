#include "common/async/keyed_gate.h"

#include <algorithm>

namespace liandong {

struct KeyedGate::State {
    explicit State(Executor on) : executor(std::move(on)) {}

    Executor executor;
    std::map<std::string, std::deque<Signal*>> waiting;  // a key is there while somebody is inside

    /// In the queue while it waits: one that is destroyed meanwhile is never woken.
    class Waiter {
    public:
        Waiter(State& state, const std::string& key)
            : state_(state), key_(key), signal_(state.executor) {
            state_.waiting[key_].push_back(&signal_);
        }
        Waiter(const Waiter&) = delete;
        Waiter& operator=(const Waiter&) = delete;
        ~Waiter() {
            const auto at = state_.waiting.find(key_);
            if (at != state_.waiting.end()) std::erase(at->second, &signal_);
        }
        Signal& signal() { return signal_; }

    private:
        State& state_;
        const std::string& key_;
        Signal signal_;
    };

    void leave(const std::string& key) {
        const auto at = waiting.find(key);
        if (at == waiting.end()) return;
        if (at->second.empty()) {
            waiting.erase(at);
            return;
        }
        Signal* next = at->second.front();
        at->second.pop_front();
        next->notify();
    }
};

KeyedGate::KeyedGate(Executor executor) : state_(std::make_shared<State>(std::move(executor))) {}

KeyedGate::Pass::~Pass() {
    if (state_) state_->leave(key_);
}

Task<KeyedGate::Pass> KeyedGate::enter(std::string key) {
    const std::shared_ptr<State> state = state_;
    const auto [at, is_free] = state->waiting.try_emplace(key);
    if (!is_free) {
        if (at->second.size() >= kWaiters_max) co_return Pass();
        State::Waiter waiter(*state, key);
        co_await waiter.signal().wait();
    }
    co_return Pass(state, std::move(key));
}

}  // namespace liandong
