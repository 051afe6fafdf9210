#pragma once

#include "tests/e2e/wire.h"

#include <string>

namespace liandong::test {

/// What grpc.health.v1 says of a service ("" is the whole server): "SERVING", "NOT_SERVING", or the
/// reason why it says nothing. Asked without any principal, as probes do.
std::string health(const Wire& wire, const std::string& service);

}  // namespace liandong::test
