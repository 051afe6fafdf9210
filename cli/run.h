#pragma once

#include "cli/exit_code.h"
#include "cli/session.h"

namespace liandong::cli {

/// Reads a command line (and the LIANDONG_ variables), does it, and returns its exit code.
int run(int argc, const char* const* argv, Session::Streams streams);

}  // namespace liandong::cli
