#pragma once

#include "common/base/error.h"
#include "common/domain/principal.h"
#include "common/domain/scope.h"

#include <string>

namespace liandong::cli {

/// What every command takes. Filled by the command line and the environment.
struct Options {
    std::string target = "127.0.0.1:7420";  ///< LIANDONG_TARGET
    std::string scope = "exercise.420981";  ///< LIANDONG_SCOPE
    /// LIANDONG_PRINCIPAL; believed only by a server without keys, on loopback.
    std::string principal = "subject=console;agency=zhihui;roles=dispatcher";
    std::string token_file;  ///< replaces `principal`; LIANDONG_TOKEN_FILE
    std::string request_id;  ///< empty: a new one
    std::string on_behalf_of;
    double timeout_seconds = 5;  ///< a call's deadline, (0, 600]
    bool json = false;
};

/// Checked options, as a session uses them.
struct Identity {
    domain::Scope scope;
    std::string principal;  ///< in the form that goes over the wire
};

/// INVALID_ARGUMENT / SCOPE_MALFORMED, PRINCIPAL_MALFORMED, REQUEST_ID_MALFORMED,
/// TIMEOUT_OUT_OF_RANGE.
Result<Identity> check(const Options& options);

/// The first line of the file. INVALID_ARGUMENT / TOKEN_FILE_UNREADABLE when there is none, or it
/// is empty.
Result<std::string> read_token(const std::string& path);

}  // namespace liandong::cli
