#pragma once

#include "simulator/agents/task_group.h"
#include "simulator/check/desk.h"
#include "simulator/check/scene.h"
#include "simulator/check/wish.h"

#include <cstdint>
#include <deque>

namespace liandong::simulator {

/// Whoever presses buttons in a check: several at once, impatient, forgetful, and sure to send a
/// request again until its outcome is known. Each answer goes to the auditor.
class People {
public:
    /// Both must outlive it.
    People(Scene& scene, WishMaker& maker, int operations);

    /// The person at this desk, until all together have begun `operations`, or a fault is found.
    Task<void> work(Desk& desk);
    /// One request until it is answered for good. `is_alone`: nobody else sends it; `altered`:
    /// other content under its request id.
    Task<void> settle(Desk& desk, Wish wish, bool is_alone, bool altered);

private:
    Task<void> operate(Desk& desk);
    Task<void> send_again(Desk& desk);
    /// After a failover nobody knows which of them are still in the log.
    void forget_lost();
    /// Sends until the outcome is known.
    Task<Answer> resolve(Desk& desk, const Wish& wish, bool altered);
    Task<Answer> send(Desk& desk, const Wish& wish, bool altered);

    Scene& scene_;
    WishMaker& maker_;
    SeededRandom random_;
    int left_;
    std::deque<Wish> settled_;  ///< acknowledged ones, the newest last
    std::size_t branch_ = 0;    ///< of the log that those are in
};

}  // namespace liandong::simulator
