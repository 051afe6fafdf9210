#pragma once

#include "common/async/spawn.h"
#include "simulator/virtual/virtual_process.h"

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// One scope in virtual time: server processes that share a state, and a thread for whoever calls
/// them. A function of its setting. Threads take turns in an order that is drawn anew each round;
/// time moves only when none has anything to run. On one real thread.
class VirtualWorld {
public:
    struct Setting {
        domain::Scope scope{"drill-1", "420981"};
        std::uint64_t seed = 1;
        std::size_t processes = 2;  ///< 1–16
        Timestamp start;            ///< world time when it begins
        bool epochs = false;        ///< whether processes keep the scope's epoch
        Turn turn = Turn::kOneHandler;
        VirtualProcess::Wrap wrap = {};
        intake::Knowledge knowledge = {};  ///< what it points to outlives the world
    };
    explicit VirtualWorld(Setting setting);

    const domain::Scope& scope() const { return scope_; }
    const Clock& clock() const { return clock_; }
    store::MemoryState& state() { return state_; }
    /// What the evening came to; the world is over.
    store::MemoryState take_state() { return state_.take(); }
    /// Where agents live.
    VirtualThread& callers() { return callers_; }
    std::vector<std::unique_ptr<VirtualProcess>>& processes() { return processes_; }
    /// Chance for whoever needs a source of his own; a function of the seed and of how many were
    /// drawn before.
    SeededRandom draw_random() { return SeededRandom(seeds_.next()); }

    /// The process dies and another one starts in its place, from what is stored. Chance of the new
    /// one's store rests.
    void restart(std::size_t process);
    /// A replica takes over that has everything up to `replica`, and nothing of what came later:
    /// every process is connected to it.
    void fail_over_to(const store::MemoryState& replica);

    /// Runs until nothing is ready; time stands still.
    void settle();
    /// Runs the task on the callers' thread to its end, however much virtual time that takes, up to
    /// kRun_max. Throws what the task threw, and std::runtime_error when it is stuck.
    template <class T> T run(Task<T> task) {
        std::optional<T> value;
        std::exception_ptr failure;
        spawn(callers_.executor(), std::move(task), [&](std::exception_ptr thrown, T result) {
            failure = thrown;
            value = std::move(result);
        });
        const MonotonicTime end = timeline_.now() + kRun_max;
        for (settle(); !value; settle()) {
            if (timeline_.now() > end || !timeline_.fire_next()) {
                throw std::runtime_error("the task is stuck");
            }
        }
        if (failure) std::rethrow_exception(failure);
        return std::move(*value);
    }

private:
    static constexpr Duration kRun_max = std::chrono::hours{24 * 30};
    static constexpr std::uint64_t kRounds_max = 100'000'000;

    bool give_turns();
    std::unique_ptr<VirtualProcess> make_process();
    void bury();

    domain::Scope scope_;
    VirtualProcess::Wrap wrap_;
    intake::Knowledge knowledge_;
    bool epochs_;
    Turn turn_;
    std::uint64_t masters_ = 1;  ///< so far; the newest one's number is its replication id
    SeededRandom seeds_;
    SeededRandom turns_;
    Timeline timeline_;
    TimelineClock clock_;
    store::MemoryState state_;
    VirtualThread callers_;
    std::vector<std::unique_ptr<VirtualProcess>> processes_;
    std::vector<std::unique_ptr<VirtualProcess>> dying_;  ///< until their calls have ended
    std::vector<VirtualThread*> threads_;
};

}  // namespace liandong::simulator
