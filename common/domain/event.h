#pragma once

#include "common/base/time.h"

#include <string>

namespace liandong::domain {

/// What a commit says of itself in the event log, beside the writes that it carries byte for byte.
struct EventHeader {
    std::string kind;   ///< lower_snake: "incident_reported", "units_dispatched", "order_signed" …
    std::string actor;  ///< principal subject, or "system:<rule>" for automatic actions
    std::string agency;
    std::string on_behalf_of;  ///< the unit or person for whom the actor acted; may be empty
    Timestamp occurred_at;     ///< world time the event is about
    Timestamp recorded_at;     ///< world time of the commit
    std::string request_id;
    std::string reason;  ///< free words of the actor; may be empty

    friend bool operator==(const EventHeader&, const EventHeader&) = default;
};

}  // namespace liandong::domain
