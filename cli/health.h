#pragma once

#include <string>
#include <string_view>

namespace liandong::cli {

// The two messages of grpc.health.v1, which Debian packages no proto of: one string field, one
// enumeration field.

/// HealthCheckRequest as bytes.
std::string health_request(std::string_view service);

/// The status of a HealthCheckResponse: UNKNOWN, SERVING, NOT_SERVING or SERVICE_UNKNOWN; UNKNOWN
/// for bytes that are none.
std::string health_status(std::string_view response);

}  // namespace liandong::cli
