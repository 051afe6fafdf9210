#include "tests/e2e/health.h"

namespace liandong::test {

// The messages are not packaged in Debian: one string field, and one enumeration field.
std::string health(const Wire& wire, const std::string& service) {
    std::string request;
    if (!service.empty()) {
        request += '\x0a';
        request += static_cast<char>(service.size());
        request += service;
    }
    const Answer answer =
        wire.call("/grpc.health.v1.Health/Check", false, {request}, {.principal = ""});
    if (answer.error) return answer.error->reason;
    const std::string& response = answer.messages.at(0);
    if (response == std::string("\x08\x01")) return "SERVING";
    return response == std::string("\x08\x02") ? "NOT_SERVING" : "UNKNOWN";
}

}  // namespace liandong::test
