#pragma once

#include "simulator/matrix/erlang.h"
#include "simulator/matrix/statistics.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace liandong::simulator::matrix {

enum class ErlangQuantity : std::uint8_t {
    kWaits,     ///< share of calls that wait (Erlang C)
    kMeanWait,  ///< mean wait of all calls, in mean service times (Erlang C)
    kBlocked,   ///< share of calls that are lost, without a queue (Erlang B)
};
std::string_view to_string(ErlangQuantity quantity);

/// The loads of our table.
std::span<const QueueLoad> delay_loads();  ///< six, for kWaits and kMeanWait
std::span<const QueueLoad> loss_loads();   ///< two, for kBlocked

/// A closed form beside what the simulator finds.
struct ErlangRow {
    QueueLoad load;
    ErlangQuantity quantity = ErlangQuantity::kWaits;
    double exact = 0;
    Estimate simulated;

    bool inside() const { return simulated.contains(exact); }
};

struct TrialLength {
    std::size_t warm_up = 0;  ///< calls that are played and not counted
    std::size_t counted = 0;  ///< ≥ kBatches; the stretches are a fortieth of it
};
/// A stretch of 25,000 calls is at least 73 relaxation times (1 / (√c − √a)² mean service times) of
/// each load in the table.
inline constexpr TrialLength kErlangLength{25'000, 1'000'000};

/// With a queue: kWaits and kMeanWait, from one run. `offered` < `servers`.
std::vector<ErlangRow> try_delay(QueueLoad load, TrialLength length, std::uint64_t seed);

/// Without: kBlocked.
ErlangRow try_loss(QueueLoad load, TrialLength length, std::uint64_t seed);

}  // namespace liandong::simulator::matrix
