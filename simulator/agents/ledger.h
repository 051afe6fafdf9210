#pragma once

#include "common/base/time.h"
#include "simulator/report/record.h"
#include "simulator/scenario/scenario.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// What the simulator itself knows: which report became which incident, whom it sent where and
/// when. From it come the latencies that cross agents, the scene a crew finds, and what must be
/// there afterwards. On one io_context.
class Ledger {
public:
    struct Case {
        const ScenarioReport* report = nullptr;
        MonotonicTime intended{};
        std::string report_id;
        std::vector<std::string> order_ids;  ///< acknowledged ones
    };

    explicit Ledger(Record& record) : record_(record) {}

    /// A report was acknowledged as this incident. `report` outlives the ledger.
    void acknowledged(const std::string& incident_id, const std::string& report_id,
                      const ScenarioReport& report, MonotonicTime intended);
    /// A dispatch of the unit is about to be sent; resends keep the first time.
    void sending(const std::string& incident_id, const std::string& unit_id, MonotonicTime at);
    /// A dispatch was answered with this order.
    void ordered(const std::string& incident_id, const std::string& order_id);
    /// A console shows the incident, the order. The first time counts.
    void incident_shown(const std::string& incident_id, MonotonicTime at);
    void order_shown(const std::string& order_id, const std::string& incident_id,
                     const std::string& unit_id, MonotonicTime at);

    /// When the unit was sent there; nullopt: nobody sent it.
    std::optional<MonotonicTime> sent_at(const std::string& incident_id,
                                         const std::string& unit_id) const;
    /// nullptr for an incident that no report of this replay made.
    const Case* find(const std::string& incident_id) const;
    /// By incident id.
    const std::map<std::string, Case>& cases() const { return cases_; }

private:
    Record& record_;
    std::map<std::string, Case> cases_;
    std::map<std::string, MonotonicTime> incidents_shown_;
    std::map<std::string, MonotonicTime> orders_shown_;
    std::map<std::pair<std::string, std::string>, MonotonicTime> sent_;
};

}  // namespace liandong::simulator
