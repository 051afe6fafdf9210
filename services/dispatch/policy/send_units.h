#pragma once

#include "common/domain/entity.h"
#include "common/domain/outcome.h"

#include <span>
#include <string>
#include <vector>

namespace liandong::dispatch {

/// What happens when one of several units is no longer free (D4).
enum class ConflictRule : std::uint8_t { kSendWhatIsFree, kAllOrNone };

inline constexpr std::size_t kUnitsPerDispatch_max = 32;
inline constexpr std::size_t kOrderNote_max = 500;

/// A unit that is wanted, as it is now, and the id its order will have.
struct WantedUnit {
    const domain::Unit* unit = nullptr;
    std::string order_id;
};

struct Sending {
    ConflictRule rule = ConflictRule::kSendWhatIsFree;
    std::string note;
    std::string ordered_by;
    std::string agency;
    Timestamp now;
};

struct SentUnits {
    domain::Incident incident;
    std::vector<domain::Unit> units;    ///< those sent
    std::vector<domain::Order> orders;  ///< one for each, same order
    std::vector<domain::LostUnit> lost;
};

/// D2: legal from RECEIVED, whatever is unknown. D4: takes every free unit; the lost ones are named
/// with who holds them, and their slots stay as open demand of the incident. A unit sent later
/// fills the demand for itself, else the oldest one. Refusals: FAILED_PRECONDITION /
/// INCIDENT_CLOSED; under ALL_OR_NONE FAILED_PRECONDITION / UNITS_NOT_FREE (metadata "unit" for
/// each); RESOURCE_EXHAUSTED / TOO_MANY_ORDERS beyond kIncidentOrders_max open orders of one
/// incident.
Result<SentUnits> send_units(const domain::Incident& incident, std::span<const WantedUnit> wanted,
                             const Sending& sending);

/// D16: nobody is sent to a machine's alarm that nobody has checked, unless the caller says that the
/// plan of the place sends at once. FAILED_PRECONDITION / ALARM_UNVERIFIED.
Status check_verified(const domain::Incident& incident, bool accept_unverified);

/// Why a unit cannot be claimed now: "" when it can, else UNIT_TAKEN, UNIT_UNAVAILABLE or
/// NEEDS_APPROVAL.
std::string_view why_not_free(const domain::Unit& unit);

}  // namespace liandong::dispatch
