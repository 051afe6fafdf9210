#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "common/store/memory_store.h"

#include <cstddef>
#include <cstdint>

namespace liandong::simulator {

/// What an evening came to.
struct Evening {
    store::MemoryState state;  ///< with the whole event log
    std::size_t closed = 0;    ///< incidents, each from its report to its close
    std::size_t orders = 0;    ///< cleared
    Duration virtual_time{};
};

/// `incidents` generated reports, worked on to their end by the agents of the live replay, on two
/// processes of the production services in virtual time. A function of its arguments. The error of
/// whatever kept it from starting.
Result<Evening> play_evening(std::uint64_t seed, std::size_t incidents);

}  // namespace liandong::simulator
