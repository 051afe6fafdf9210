#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "common/domain/geo.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::domain {

/// What a unit is (brief; EIDO resource types are mapped at the edge).
enum class UnitKind : std::uint8_t {
    kUnspecified,
    kPolicePatrol,
    kTrafficPolice,
    kFireEngine,
    kFireTruck,  ///< ladder, rescue and other fire apparatus
    kFireChief,
    kAmbulance,
    kArmedPolice,
    kMilitia,
    kPatrolTeam,
    kGridWorker,
    kDutyOfficial,
    kVolunteer,
    kOther,
};

/// Who may send it (D9). APPROVAL is never claimable, REQUEST is asked of its duty desk.
enum class CommandRelation : std::uint8_t { kDirect, kRequest, kApproval };

/// The detailed status that people read. Words of the field; EIDO secondary status is mapped at the
/// edge.
enum class UnitStatus : std::uint8_t {
    kOffDuty,
    kInStation,   ///< available at its station
    kOnPatrol,    ///< available on the move
    kReturning,   ///< available on the way back
    kDispatched,  ///< holds an order, not yet signed
    kAcknowledged,
    kEnRoute,
    kOnScene,
    kOutOfService,
};

/// The first level (EIDO primary status): what recommendation reads.
enum class Availability : std::uint8_t { kAvailable, kConditionallyAvailable, kNotAvailable };

struct Order;

struct Unit {
    std::string id;         ///< 1–64 of [A-Za-z0-9_-]
    std::string call_sign;  ///< ≤ 64 bytes UTF-8
    std::string agency;
    UnitKind kind = UnitKind::kUnspecified;
    CommandRelation relation = CommandRelation::kDirect;
    std::vector<std::string> capabilities;  ///< ≤ 16 of ≤ 32 bytes, sorted, unique
    std::int32_t crew = 0;                  ///< people, 0–500
    std::string station;                    ///< name of its quarters
    std::string area_code;                  ///< jurisdiction it belongs to
    Point home;
    Point position;  ///< last known, as of the last status change
    Timestamp position_at;
    UnitStatus status = UnitStatus::kOffDuty;
    Timestamp status_since;
    std::string active_order_id;  ///< the one exclusive order it holds; empty: none
    std::string active_incident_id;

    friend bool operator==(const Unit&, const Unit&) = default;
};

Availability availability(const Unit& unit);

/// Sets a status by command (D3: commands obey the table). Statuses that belong to an order
/// (dispatched … on scene) are moved by the order alone: FAILED_PRECONDITION /
/// STATUS_MOVED_BY_ORDER; a unit that holds an order cannot be set to anything: FAILED_PRECONDITION
/// / UNIT_HOLDS_ORDER (metadata "holder").
Status set_status(Unit& unit, UnitStatus status, Timestamp now);

/// Makes the unit agree with its order: an open exclusive order that a free unit gets is taken, its
/// progress is shown (DISPATCHED, ACKNOWLEDGED, EN_ROUTE, ON_SCENE), its end frees the unit:
/// RETURNING when it had departed, else IN_STATION. An order that the unit does not hold touches
/// nothing: a late fact on an ended one, another unit's, a non-exclusive one, or an open one while
/// the unit holds another (who sends checks that it is free).
void follow_order(Unit& unit, const Order& order, Timestamp now);

/// Checks everything an import brings; INVALID_ARGUMENT with the field and one of
/// UNIT_ID_MALFORMED, TEXT_TOO_LONG, AGENCY_MALFORMED, KIND_UNSPECIFIED, CREW_OUT_OF_RANGE,
/// TOO_MANY_CAPABILITIES, CAPABILITY_MALFORMED, AREA_MALFORMED, NOT_UTF8.
Status validate(const Unit& unit);

std::string_view to_string(UnitKind kind);
std::string_view to_string(UnitStatus status);
std::string_view to_string(Availability availability);

}  // namespace liandong::domain
