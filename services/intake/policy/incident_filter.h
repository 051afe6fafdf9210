#pragma once

#include "common/domain/incident.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::intake {

/// Which incidents a list, a count or a watcher wants: all that is set must hold. Pure.
struct IncidentFilter {
    std::vector<domain::IncidentState> states = {};  ///< empty: all
    std::vector<domain::IncidentPhase> phases = {};  ///< empty: all
    std::string area_code = {};                      ///< prefix; empty: the whole district
    std::string type_code = {};                      ///< prefix
    std::string agency = {};
    std::string text = {};        ///< part of number, summary, address or a hazard
    std::string claimed_by = {};  ///< "-": nobody
    std::string linked_to = {};   ///< "-": linked to none
    Timestamp received_after = {};
    Timestamp received_before = {};
    struct Near {
        domain::Point point;
        domain::Meters radius;
    };
    std::optional<Near> near = {};
    bool include_closed = false;
    bool only_life_threatening = false;
    bool only_unread = false;
    bool only_unverified_alarms = false;
    bool without_unverified_alarms = false;
    bool only_callback_due = false;

    /// `district` is part of the number that people search by.
    bool matches(const domain::Incident& incident, std::string_view district) const;
};

/// How many there are, by area, type and phase.
struct IncidentCounts {
    struct Count {
        std::uint32_t open = 0;
        std::uint32_t closed = 0;
    };
    std::map<std::string, Count> by_area;  ///< area code cut to `area_digits`; "": unknown
    std::map<std::string, Count> by_type;
    std::map<domain::IncidentPhase, Count> by_phase;
    Count all;
    std::uint32_t life_threatening_open = 0;
    std::uint32_t unread = 0;

    void add(const domain::Incident& incident, std::size_t area_digits);
};

}  // namespace liandong::intake
