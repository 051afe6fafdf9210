#pragma once

#include "simulator/check/desk.h"
#include "simulator/check/scene.h"

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

namespace liandong::simulator {

/// Makes what can go wrong with processes, their stores, their clocks and the ways of the desks go
/// wrong, as chance and the scene's troubles have it. Who stops reading or hangs up is the
/// watchers' own affair.
class Nemesis {
public:
    /// How hard it strikes.
    struct Force {
        Duration pause_max = std::chrono::milliseconds{600};
        /// A failover finds a replica that may lack what was acknowledged.
        bool loses_acknowledged = true;
    };

    /// Both must outlive it, and it the last turn of the world.
    Nemesis(Scene& scene, std::deque<Desk>& desks, Force force)
        : scene_(scene), desks_(desks), force_(force), random_(scene.world.draw_random()) {}

    /// From now on stores and ways go wrong now and then, until `heal`.
    void begin();
    /// Strikes at most every 20 ms, until `rest`. Begun before.
    Task<void> rage();
    void rest() { rests_ = true; }
    /// Everything is well again, and the scene says so.
    void heal();

private:
    Task<void> strike();
    void trouble_store(VirtualProcess& process);
    void trouble_way(Network& network);
    void crash();
    Task<void> partition();
    Task<void> cut_off();
    void put_clock_wrong();
    void take_replica();
    void fail_over();
    std::size_t any_process() { return random_.below(scene_.world.processes().size()); }
    SeededRandom& new_chance();

    Scene& scene_;
    std::deque<Desk>& desks_;
    Force force_;
    SeededRandom random_;
    bool rests_ = false;
    std::vector<std::unique_ptr<SeededRandom>> chances_;  ///< of stores, those of dead ones too
    std::unique_ptr<store::MemoryState> replica_;
};

}  // namespace liandong::simulator
