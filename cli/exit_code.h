#pragma once

#include "common/base/error.h"

namespace liandong::cli {

/// What a script may rely on.
enum ExitCode : int {
    kDone = 0,
    kRefused = 1,  ///< the platform said no; nothing was changed
    kUsage = 2,    ///< the command line is wrong; nothing was sent
    kUnavailableOrUnknown =
        3,  ///< no answer: not reached, or the outcome is unknown; safe to send again
};

/// Whether nobody knows if the change was made: the request may be sent again under the same
/// request id.
bool is_outcome_unknown(const Error& error);

ExitCode exit_code_of(const Error& error);

}  // namespace liandong::cli
