#include "services/intake/policy/catalogue/incident_type.h"

#include <array>

namespace liandong::intake {

std::string_view to_string(OperationalClass value) {
    constexpr std::array<std::string_view, 9> kWords = {"police",       "fire",    "medical",
                                                        "traffic",      "rescue",  "utility",
                                                        "public_order", "dispute", "non_emergency"};
    return kWords[static_cast<std::size_t>(value)];
}

std::string_view to_string(NationalClass value) {
    constexpr std::array<std::string_view, 5> kWords = {"none", "natural", "accident", "health",
                                                        "security"};
    return kWords[static_cast<std::size_t>(value)];
}

std::string_view to_string(Referral value) {
    constexpr std::array<std::string_view, 4> kWords = {"none", "village_mediation",
                                                        "township_mediation", "hotline_12345"};
    return kWords[static_cast<std::size_t>(value)];
}

}  // namespace liandong::intake
