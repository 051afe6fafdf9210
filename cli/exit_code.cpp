#include "cli/exit_code.h"

namespace liandong::cli {

bool is_outcome_unknown(const Error& error) {
    switch (error.code) {
    case Code::kUnavailable:
    case Code::kDeadlineExceeded:
    case Code::kCancelled:
    case Code::kInternal: return true;
    default: return false;
    }
}

ExitCode exit_code_of(const Error& error) {
    return is_outcome_unknown(error) ? kUnavailableOrUnknown : kRefused;
}

}  // namespace liandong::cli
