#pragma once

#include "simulator/check/nemesis.h"
#include "simulator/check/people.h"
#include "simulator/check/radio.h"
#include "simulator/check/watcher.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace liandong::simulator {

/// One run of a check.
struct SiegePlan {
    std::uint64_t seed = 1;
    int operations = 1'000;              ///< 1–1,000,000, over all people
    Troubles allowed = Troubles::all();  ///< of these the seed draws some
    Mutant mutant = Mutant::kNone;
    bool trace = false;  ///< keep a line for each operation and trouble
};

/// Several people at once on two processes of the production services, with whatever trouble the
/// seed draws, in virtual time; consoles, terminals, the release desk
/// and a channel watch, and crews stream where they are. Safety: after every operation the
/// auditor has judged the log, the answer and each view. Then everything heals, and liveness is
/// demanded (`Aftermath`). A function of its plan.
class Siege {
public:
    static constexpr std::size_t kPeople = 4;
    static constexpr std::size_t kProcesses = 2;
    static constexpr std::size_t kBoards = 2;
    static constexpr std::size_t kRadios = 2;

    explicit Siege(const SiegePlan& plan);

    void run();

    /// Sentences; empty when nothing was found.
    const std::vector<std::string>& faults() const { return auditor_.faults(); }
    const LogReplay& log() const { return auditor_.log(); }
    const Chronicle& chronicle() const { return chronicle_; }

private:
    Task<bool> besiege();

    Mistake mistake_;
    Auditor auditor_;
    VirtualWorld world_;
    Chronicle chronicle_;
    SeededRandom random_;
    Scene scene_;
    std::deque<Desk> desks_;
    WishMaker maker_;
    People people_;
    Nemesis nemesis_;
    std::vector<std::unique_ptr<Watcher>> watchers_;
    std::deque<Radio> radios_;
};

}  // namespace liandong::simulator
