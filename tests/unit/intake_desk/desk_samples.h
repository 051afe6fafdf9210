#pragma once

#include "common/domain/incident.h"
#include "services/intake/policy/desk_work.h"

#include <chrono>
#include <string>
#include <string_view>

namespace liandong::intake {

inline Timestamp at(std::chrono::seconds after = {}) {
    return from_micros(1'784'000'000'000'000) + after;
}

/// Reported at `at()`, typed, nothing else known.
inline domain::Incident fresh_incident() {
    domain::Incident incident;
    incident.id = "incident-1";
    incident.agency = "gongan";
    incident.type_code = "010100";
    incident.received_at = at();
    return incident;
}

inline Actor actor(std::chrono::seconds after = {}, const char* subject = "li",
                   const char* agency = "gongan") {
    return {subject, agency, "", at(after)};
}

/// "REASON field" of a refusal, "" of anything else.
template <class T> std::string refusal(const T& result) {
    if (result) return "";
    const std::string_view field = result.error().find("field");
    return result.error().reason + (field.empty() ? "" : " " + std::string(field));
}

}  // namespace liandong::intake
