#pragma once

#include "simulator/check/chronicle.h"
#include "simulator/report/record.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace liandong::simulator {

/// What a troubled evening came to.
struct TroubledEvening {
    std::vector<std::string> faults;  ///< of the auditor; empty: none was found
    Record record;                    ///< of the agents
    Struck struck{};
    std::vector<std::string> trace;
    std::size_t open = 0;  ///< orders and incidents that had not come to an end
};

/// `incidents` generated reports, worked on to their end by the agents of the live replay while
/// processes crash, masters fail over, messages get lost, repeated and cut off and stores fail, as
/// the seed has it. Audited; nothing that was acknowledged is lost by a failover, since its replica
/// is up to date. A function of its arguments.
TroubledEvening play_troubled_evening(std::uint64_t seed, std::size_t incidents,
                                      bool trace = false);

}  // namespace liandong::simulator
