#pragma once

#include "common/base/cancellation.h"
#include "common/base/time.h"
#include "common/domain/principal.h"

#include <string>

namespace liandong {

/// Everything a handler knows of its call besides the message.
struct CallContext {
    domain::Principal principal;
    MonotonicTime deadline;  ///< already clamped to the server's maximum for the method
    std::string method;      ///< "liandong.intake.v1.IntakeService/ReportIncident"
    std::string peer;
    Cancellation cancellation;  ///< asked between steps; never after a commit was sent
};

}  // namespace liandong
