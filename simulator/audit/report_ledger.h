#pragma once

#include "common/domain/incident.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace liandong::simulator {

/// Counts reports and links as the log shows them, apart from what incidents say of themselves: no
/// report is lost when alarms are folded, and a link destroys nothing (D5, D16).
class ReportLedger {
public:
    /// A written report; a fault in words, or empty: it was changed.
    std::string take(const domain::Report* before, const domain::Report& report);
    void take(const domain::Incident* before, const domain::Incident& incident);

    /// After an event: what is wrong with it, or empty.
    std::string fault_of(const domain::Report& report, const domain::Incident& incident) const;
    std::string fault_of(const domain::Incident& incident) const;

private:
    std::map<std::string, std::int32_t> reports_;                         // by incident
    std::map<std::string, std::map<std::string, std::int32_t>> repeats_;  // by what they repeat
};

}  // namespace liandong::simulator
