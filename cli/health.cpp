#include "cli/health.h"

#include "common/base/check.h"

namespace liandong::cli {
namespace {

constexpr char kServiceTag = (1 << 3) | 2;  // field 1, length-delimited
constexpr char kStatusTag = (1 << 3) | 0;   // field 1, varint
constexpr std::size_t kOneByteVarint_max = 127;
constexpr std::string_view kStatuses[] = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};

}  // namespace

std::string health_request(std::string_view service) {
    if (service.empty()) return "";
    service = service.substr(0, kOneByteVarint_max);
    std::string bytes{kServiceTag, static_cast<char>(service.size())};
    bytes += service;
    return bytes;
}

std::string health_status(std::string_view response) {
    if (response.size() != 2 || response[0] != kStatusTag) return std::string(kStatuses[0]);
    const auto status = static_cast<unsigned char>(response[1]);
    return std::string(kStatuses[status < std::size(kStatuses) ? status : 0]);
}

}  // namespace liandong::cli
