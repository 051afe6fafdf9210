#pragma once

#include "simulator/agents/exercise.h"
#include "simulator/agents/ledger.h"
#include "simulator/agents/task_group.h"

#include <functional>
#include <string>

namespace liandong::simulator {

/// The request that a report of the scenario makes; `world_micros` (0: not known) is when the call
/// came.
intake::v1::ReportIncidentRequest to_request(const ScenarioReport& report,
                                             std::int64_t world_micros);

/// Sends every report of a scenario at its intended time, whether or not earlier ones have been
/// answered (open loop). At most `in_flight_max` at a time: beyond, a report is dropped and
/// counted, never delayed in silence.
class CallTakers {
public:
    /// `report`, its incident, when it was intended.
    using Taken = std::function<void(const ScenarioReport&, const std::string&, MonotonicTime)>;

    /// All arguments outlive the call takers.
    CallTakers(Exercise& exercise, Ledger& ledger, std::size_t in_flight_max, Taken taken);

    /// Ends when every report has been answered or given up.
    Task<void> take_all(const std::vector<ScenarioReport>& reports);
    std::size_t done() const { return done_; }

private:
    Task<void> take_one(const ScenarioReport& report, intake::v1::ReportIncidentRequest request,
                        MonotonicTime intended);

    Exercise& exercise_;
    Ledger& ledger_;
    std::size_t in_flight_max_;
    Taken taken_;
    domain::Principal person_;
    domain::Principal machine_;
    std::size_t done_ = 0;
    TaskGroup calls_;
};

}  // namespace liandong::simulator
