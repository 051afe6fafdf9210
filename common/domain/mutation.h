#pragma once

#include "common/base/cancellation.h"
#include "common/base/time.h"

#include <string>

namespace liandong {

/// Who asks for what change. Made at the edge from the call's principal and the request's header.
struct Mutation {
    std::string request_id;   ///< UUIDv7
    std::string fingerprint;  ///< 64 hex digits over method, agency and content
    std::string actor;        ///< principal subject
    std::string agency;
    std::string on_behalf_of;  ///< ≤ 64 bytes
    std::string unit_id;  ///< not empty: a unit's terminal, which may speak of its own orders only
    bool own_agency_only = false;  ///< a gateway, which may speak of its own agency's units only
    MonotonicTime deadline;
    Cancellation cancellation;
};

}  // namespace liandong
