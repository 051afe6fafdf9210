#include "common/domain/unit.h"

#include "common/base/check.h"
#include "common/base/id.h"
#include "common/base/utf8.h"
#include "common/domain/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::domain {
namespace {

constexpr std::size_t kCallSign_max = 64;
constexpr std::size_t kStation_max = 100;
constexpr std::size_t kAgency_max = 32;
constexpr std::size_t kCapabilities_max = 16;
constexpr std::size_t kCapability_max = 32;
constexpr std::size_t kAreaCode_max = 15;
constexpr std::int32_t kCrew_max = 500;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool is_agency(std::string_view text) {
    return !text.empty() && text.size() <= kAgency_max &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || is_lower(c) || is_upper(c) || c == '-';
           });
}

bool is_capability(std::string_view text) {
    return !text.empty() && text.size() <= kCapability_max &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_digit(c) || is_lower(c) || c == '_'; });
}

bool is_area_code_or_empty(std::string_view text) {
    return text.size() <= kAreaCode_max && std::all_of(text.begin(), text.end(), is_digit);
}

Status check_text(const char* field, std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        return invalid_field(field, "TEXT_TOO_LONG",
                             fmt::format("{} bytes, at most {}", text.size(), bytes_max));
    }
    if (!is_utf8(text)) return invalid_field(field, "NOT_UTF8", "not well-formed UTF-8");
    return {};
}

Status check_capabilities(const Unit& unit) {
    if (unit.capabilities.size() > kCapabilities_max) {
        return invalid_field(
            "capabilities", "TOO_MANY_CAPABILITIES",
            fmt::format("{}, at most {}", unit.capabilities.size(), kCapabilities_max));
    }
    for (std::size_t i = 0; i < unit.capabilities.size(); ++i) {
        if (is_capability(unit.capabilities[i])) continue;
        return invalid_field(fmt::format("capabilities[{}]", i), "CAPABILITY_MALFORMED",
                             "a capability is 1-32 of a-z 0-9 and '_'");
    }
    return {};
}

bool is_moved_by_order(UnitStatus status) {
    return status == UnitStatus::kDispatched || status == UnitStatus::kAcknowledged ||
           status == UnitStatus::kEnRoute || status == UnitStatus::kOnScene;
}

void move_to(Unit& unit, UnitStatus status, Timestamp now) {
    if (unit.status == status) return;
    unit.status = status;
    unit.status_since = now;
}

/// The status that an order's state puts its unit in.
UnitStatus status_under(const Order& order) {
    switch (order.state) {
    case OrderState::kSent:
    case OrderState::kDelivered: return UnitStatus::kDispatched;
    case OrderState::kSigned: return UnitStatus::kAcknowledged;
    case OrderState::kDeparted: return UnitStatus::kEnRoute;
    case OrderState::kArrived: return UnitStatus::kOnScene;
    case OrderState::kCleared:
    case OrderState::kDeclined:
    case OrderState::kCancelled:
        return has_departed(order) ? UnitStatus::kReturning : UnitStatus::kInStation;
    }
    LIANDONG_UNREACHABLE();
}

}  // namespace

// CONDITIONALLY_AVAILABLE is for crews in a drill (D28): no status says that yet.
Availability availability(const Unit& unit) {
    if (!unit.active_order_id.empty()) return Availability::kNotAvailable;
    switch (unit.status) {
    case UnitStatus::kInStation:
    case UnitStatus::kOnPatrol:
    case UnitStatus::kReturning: return Availability::kAvailable;
    case UnitStatus::kOffDuty:
    case UnitStatus::kDispatched:
    case UnitStatus::kAcknowledged:
    case UnitStatus::kEnRoute:
    case UnitStatus::kOnScene:
    case UnitStatus::kOutOfService: return Availability::kNotAvailable;
    }
    LIANDONG_UNREACHABLE();
}

Status set_status(Unit& unit, UnitStatus status, Timestamp now) {
    if (is_moved_by_order(status)) {
        return fail(Code::kFailedPrecondition, "STATUS_MOVED_BY_ORDER",
                    fmt::format("{} follows from an order and cannot be set", to_string(status)));
    }
    if (!unit.active_order_id.empty()) {
        return fail(Error{Code::kFailedPrecondition,
                          "UNIT_HOLDS_ORDER",
                          fmt::format("unit {} holds an order; end it first", unit.id),
                          {}}
                        .with("holder", unit.active_order_id)
                        .with("incident", unit.active_incident_id));
    }
    move_to(unit, status, now);
    return {};
}

void follow_order(Unit& unit, const Order& order, Timestamp now) {
    if (!order.exclusive || order.unit_id != unit.id) return;
    const bool is_open = !is_ended(order.state);
    if (unit.active_order_id.empty() && is_open) {
        unit.active_order_id = order.id;
        unit.active_incident_id = order.incident_id;
    }
    if (unit.active_order_id != order.id) return;
    move_to(unit, status_under(order), now);
    if (is_open) return;
    unit.active_order_id.clear();
    unit.active_incident_id.clear();
}

Status validate(const Unit& unit) {
    if (!is_safe_id(unit.id)) {
        return invalid_field("id", "UNIT_ID_MALFORMED", "an id is 1-64 of A-Z a-z 0-9 '_' and '-'");
    }
    if (Status s = check_text("call_sign", unit.call_sign, kCallSign_max); !s) return s;
    if (!is_agency(unit.agency)) {
        return invalid_field("agency", "AGENCY_MALFORMED",
                             "an agency is 1-32 of A-Z a-z 0-9 and '-'");
    }
    if (unit.kind == UnitKind::kUnspecified) {
        return invalid_field("kind", "KIND_UNSPECIFIED", "say what kind of unit it is");
    }
    if (Status s = check_capabilities(unit); !s) return s;
    if (unit.crew < 0 || unit.crew > kCrew_max) {
        return invalid_field("crew", "CREW_OUT_OF_RANGE",
                             fmt::format("{} is not in [0, {}]", unit.crew, kCrew_max));
    }
    if (Status s = check_text("station", unit.station, kStation_max); !s) return s;
    if (!is_area_code_or_empty(unit.area_code)) {
        return invalid_field("area_code", "AREA_MALFORMED", "an area code is up to 15 digits");
    }
    return {};
}

std::string_view to_string(UnitKind kind) {
    constexpr std::string_view kNames[] = {
        "UNSPECIFIED", "POLICE_PATROL", "TRAFFIC_POLICE", "FIRE_ENGINE", "FIRE_TRUCK",
        "FIRE_CHIEF",  "AMBULANCE",     "ARMED_POLICE",   "MILITIA",     "PATROL_TEAM",
        "GRID_WORKER", "DUTY_OFFICIAL", "VOLUNTEER",      "OTHER"};
    return kNames[std::to_underlying(kind)];
}

std::string_view to_string(UnitStatus status) {
    constexpr std::string_view kNames[] = {"OFF_DUTY",  "IN_STATION", "ON_PATROL",
                                           "RETURNING", "DISPATCHED", "ACKNOWLEDGED",
                                           "EN_ROUTE",  "ON_SCENE",   "OUT_OF_SERVICE"};
    return kNames[std::to_underlying(status)];
}

std::string_view to_string(Availability availability) {
    constexpr std::string_view kNames[] = {"AVAILABLE", "CONDITIONALLY_AVAILABLE", "NOT_AVAILABLE"};
    return kNames[std::to_underlying(availability)];
}

}  // namespace liandong::domain
