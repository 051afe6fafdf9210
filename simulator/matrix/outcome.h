#pragma once

#include "simulator/matrix/run.h"

#include <optional>
#include <ostream>
#include <vector>

namespace liandong::simulator::matrix {

/// One row a call, in the order of the model's calls, under the header
///
///     call,priority,time_s,zone,unit,waiting_s,dispatched_s,travel_s,arrived_s,response_s,cleared_s
///
/// waiting = dispatched − time, travel = arrived − dispatched, response = arrived − time. All after
/// `zone` is empty when the call was lost; `priority` when none was given.
void write_outcomes(const Model& model, const std::vector<CallOutcome>& outcomes,
                    std::ostream& out);

/// What a run comes to.
struct Summary {
    std::size_t calls = 0;
    std::size_t lost = 0;
    std::size_t waited = 0;                 ///< dispatched later than asked
    std::optional<Duration> mean_waiting;   ///< of those not lost; nullopt: all were
    std::optional<Duration> mean_response;  ///< likewise
    std::optional<Duration> max_response;   ///< likewise
};
Summary summarise(const Model& model, const std::vector<CallOutcome>& outcomes);

}  // namespace liandong::simulator::matrix
