#pragma once

#include "common/base/error.h"

namespace liandong::simulator {

/// Nothing was done, or nobody knows: people send the same request again.
inline bool is_unresolved(const Error& error) {
    return error.code == Code::kUnavailable || error.code == Code::kAborted ||
           error.code == Code::kDeadlineExceeded || error.reason == "STORE_FULL";
}

}  // namespace liandong::simulator
