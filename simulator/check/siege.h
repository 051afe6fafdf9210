#pragma once

#include "simulator/agents/task_group.h"
#include "simulator/audit/auditor.h"
#include "simulator/check/mutant.h"
#include "simulator/check/trouble.h"
#include "simulator/check/watchers.h"
#include "simulator/check/wish.h"
#include "simulator/virtual/virtual_world.h"

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
/// seed draws, in virtual time; consoles and terminals watch. Safety: after every operation the
/// auditor has judged the log, the answer and each view. Then everything heals, and liveness is
/// demanded: every call is answered, all orders end, all incidents close, mirrors equal the store,
/// watchers reach the end. A function of its plan.
class Siege {
public:
    static constexpr std::size_t kPeople = 4;
    static constexpr std::size_t kProcesses = 2;
    static constexpr std::size_t kBoards = 2;

    explicit Siege(const SiegePlan& plan);
    ~Siege();

    void run();

    /// Sentences; empty when nothing was found.
    const std::vector<std::string>& faults() const { return auditor_.faults(); }
    /// "DispatchUnits OK" or "DispatchUnits UNITS_NOT_FREE" → how often.
    const std::map<std::string, int>& outcomes() const { return outcomes_; }
    /// Trouble → how often it struck.
    const std::map<std::string, std::uint64_t>& struck() const { return struck_; }
    const std::vector<std::string>& trace() const { return trace_; }
    const LogReplay& log() const { return auditor_.log(); }
    Troubles troubles() const { return watching_.troubles; }

private:
    Task<bool> besiege();
    Task<void> work();
    Task<bool> operation();
    Task<bool> send_again();
    Task<void> late_copy(Wish wish);
    /// Sends until the outcome is known.
    Task<Answer> resolve(const Wish& wish, bool altered);
    Task<Answer> send(const Wish& wish, bool altered);
    Task<bool> settle_wish(Wish wish, bool is_alone, bool altered);

    Task<void> nemesis();
    Task<void> partition();
    void crash();
    void take_replica();
    void fail_over();
    void make_trouble(VirtualProcess& process);

    void heal();
    Task<bool> finish();
    Task<bool> end_orders();
    Task<bool> compare_mirrors();
    Task<bool> await_watchers();

    bool has(Trouble trouble) const { return watching_.troubles.has(trouble); }
    Duration up_to(Duration most);
    VirtualProcess& any_process();
    void note(Trouble trouble) {
        ++struck_[std::string(kTroubleNames[static_cast<std::size_t>(trouble)])];
    }
    void trace(const std::string& line);

    SiegePlan plan_;
    Auditor auditor_;
    std::unique_ptr<Mistake> mistake_;
    VirtualWorld world_;
    SeededRandom random_;
    SeededRandom chance_;
    Watching watching_;
    WishMaker maker_;
    TaskGroup background_;
    std::vector<std::unique_ptr<SeededRandom>>
        chances_;  ///< of the processes' stores, dead ones too
    std::vector<std::unique_ptr<BoardWatcher>> boards_;
    std::vector<std::unique_ptr<TerminalWatcher>> terminals_;
    std::unique_ptr<store::MemoryState> replica_;
    std::deque<Wish> settled_;
    int left_;
    bool is_over_ = false;
    std::map<std::string, int> outcomes_;
    std::map<std::string, std::uint64_t> struck_;
    std::vector<std::string> trace_;
};

}  // namespace liandong::simulator
