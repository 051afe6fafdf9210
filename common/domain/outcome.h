#pragma once

#include "common/domain/entity.h"

#include <cstdint>
#include <string>
#include <vector>

namespace liandong::domain {

/// A unit that a dispatch wanted and did not get, and who has it (D4).
struct LostUnit {
    std::string unit_id;
    std::string reason;  ///< UNIT_TAKEN, UNIT_UNAVAILABLE, NEEDS_APPROVAL
    std::string holder_order_id;
    std::string holder_incident_id;

    friend bool operator==(const LostUnit&, const LostUnit&) = default;
};

/// What a mutation answers: remembered under its request id, so that the same id gives the same
/// answer. Entities are as they were after the commit.
struct Outcome {
    std::string report_id;
    std::string incident_id;
    std::int64_t report_serial = 0;    ///< filled in by the commit
    std::int64_t incident_serial = 0;  ///< filled in by the commit
    std::string serial_date;
    std::vector<Correction> corrections;
    std::vector<Order> orders;
    std::vector<Unit> units;
    std::vector<Incident> incidents;
    std::vector<Bulletin> bulletins;
    std::vector<LostUnit> lost;
    std::vector<Transfer> transfers;
    std::vector<Handover> handovers;
    std::vector<DutyReport> duty_reports;
    std::uint32_t added = 0;
    std::uint32_t replaced = 0;
    std::vector<Closure> closures;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

}  // namespace liandong::domain
