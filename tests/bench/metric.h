#pragma once

#include "tests/bench/stats.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::bench {

/// What a figure must reach.
struct Bar {
    enum class Side : std::uint8_t { kAtLeast, kAtMost };
    Side side = Side::kAtMost;
    double limit = 0;
};

/// One figure.
struct Metric {
    std::string name;  ///< as in the issue that asks for it
    std::string unit;
    Spread value;
    std::optional<Bar> bar;       ///< none: for information
    std::optional<Spread> floor;  ///< of the same rounds, in `floor_unit`
    std::string floor_unit;
    std::string note;         ///< what it is and what it rests on
    std::string_view area{};  ///< of `--area`; set by the program

    bool passes() const;
};
using Metrics = std::vector<Metric>;

inline Bar at_least(double limit) { return {Bar::Side::kAtLeast, limit}; }
inline Bar at_most(double limit) { return {Bar::Side::kAtMost, limit}; }

}  // namespace liandong::bench
