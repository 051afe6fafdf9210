#pragma once

#include "simulator/agents/crew_plan.h"
#include "simulator/agents/exercise.h"
#include "simulator/agents/ledger.h"
#include "simulator/agents/task_group.h"

#include <map>
#include <string>

namespace liandong::simulator {

/// A crew with its terminal: holds its order stream, confirms each order, signs, departs, arrives,
/// clears. Must outlive its tasks: join `work()` after `follow()` has ended.
class UnitAgent {
public:
    /// All arguments outlive the agent.
    UnitAgent(Exercise& exercise, Ledger& ledger, const domain::Unit& unit);

    /// Holds the order stream until the replay stops.
    Task<void> follow_orders();
    /// Orders being carried out.
    TaskGroup& work() { return work_; }
    const TaskGroup& work() const { return work_; }
    /// Whether the first snapshot has come.
    bool is_ready() const { return ready_; }

private:
    void take(const dispatch::v1::WatchUnitOrdersResponse& message);
    void take_order(const dispatch::v1::Order& order);
    Task<void> carry_out(dispatch::v1::Order order, MonotonicTime delivered_at);
    Task<bool> confirm(const dispatch::v1::Order& order, MonotonicTime delivered_at);
    /// False when the fact was refused or its outcome stayed unknown.
    Task<bool> press(const dispatch::v1::Order& order, domain::OrderFact fact);
    void note_answer(const dispatch::v1::Order& order, domain::OrderFact fact);
    dispatch::v1::OrderFactReport fact_report(const std::string& order_id);
    MonotonicTime due(const PlannedFact& fact, bool recorded, MonotonicTime delivered_at) const;

    Exercise& exercise_;
    Ledger& ledger_;
    const domain::Unit& unit_;
    domain::Principal who_;
    domain::Point position_;
    common::v1::Revision resume_;
    std::map<std::string, std::uint64_t>
        versions_;  ///< of every order that came; as many as the unit had orders
    bool in_snapshot_ = true;
    bool ready_ = false;
    TaskGroup work_;
};

}  // namespace liandong::simulator
