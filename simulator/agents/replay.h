#pragma once

#include "simulator/agents/call_taker.h"
#include "simulator/agents/console.h"
#include "simulator/agents/dispatcher.h"
#include "simulator/agents/press_office.h"
#include "simulator/agents/unit_agent.h"

#include <memory>
#include <vector>

namespace liandong::simulator {

struct ReplayOptions {
    double speed = 60;
    Assign assign = Assign::kRecommended;
    std::size_t consoles = 3;         ///< 1–1,000; the first is the dispatch desk's
    std::size_t in_flight_max = 512;  ///< reports
    Duration get_ready_max = std::chrono::seconds{60};
    Duration stalled_max = std::chrono::seconds{15};  ///< wall time without anything happening
};

struct Progress {
    std::size_t reports_done = 0;
    std::size_t reports_total = 0;
    std::size_t open_cases = 0;
    std::size_t waiting_cases = 0;
    std::size_t busy_units = 0;
};

/// One scenario against one platform: loads the units, lets crews and consoles connect, plays the
/// reports at their times, waits until every incident is closed or nothing happens any more, and
/// reads back what was acknowledged. Knows neither gRPC nor the wall clock. On one io_context;
/// destroy it only after `run` has ended.
class Replay {
public:
    /// All arguments outlive the replay. `id_random` must differ between replays against one
    /// server.
    Replay(Client& client, Timers& timers, Random& random, Random& id_random, Record& record,
           Executor executor, const Scenario& scenario, domain::Scope scope, ReplayOptions options);

    /// The error of whatever kept the replay from starting; what happens during it is in the
    /// record.
    Task<Status> run();
    Progress progress() const;
    /// First intended time → last incident closed.
    Duration wall() const { return wall_; }
    /// Ends the replay early, in order.
    void interrupt();

private:
    Task<void> connect();
    Task<void> play();
    Task<void> drain();
    Task<void> disconnect();
    std::size_t busy_units() const;
    bool is_stalled() const;
    void note_recorded_spans();

    const Scenario& scenario_;
    ReplayOptions options_;
    Exercise exercise_;
    Ledger ledger_;
    Dispatcher dispatcher_;
    CallTakers call_takers_;
    PressOffice press_office_;
    std::vector<std::unique_ptr<Console>> consoles_;
    std::vector<std::unique_ptr<UnitAgent>> crews_;
    TaskGroup streams_;
    Duration wall_{};
    bool playing_ = false;
    bool interrupted_ = false;
};

}  // namespace liandong::simulator
