#include "simulator/matrix/outcome.h"

#include "common/base/check.h"
#include "simulator/matrix/table.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <cmath>

namespace liandong::simulator::matrix {

void write_outcomes(const Model& model, const std::vector<CallOutcome>& outcomes,
                    std::ostream& out) {
    LIANDONG_CHECK(outcomes.size() == model.calls.size());
    out << "call,priority,time_s,zone,unit,waiting_s,dispatched_s,travel_s,arrived_s,response_s,"
           "cleared_s\n";
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const MatrixCall& call = model.calls[i];
        const CallOutcome& was = outcomes[i];
        const auto priority = call.priority == 0 ? std::string() : std::to_string(call.priority);
        fmt::print(out, "{},{},{},{},", call.id, priority, to_seconds(call.at),
                   model.zones[call.zone]);
        if (was.lost()) {
            out << ",,,,,,\n";
            continue;
        }
        fmt::print(out, "{},{},{},{},{},{},{}\n", model.fleet[was.unit].id,
                   to_seconds(was.dispatched - call.at), to_seconds(was.dispatched),
                   to_seconds(was.arrived - was.dispatched), to_seconds(was.arrived),
                   to_seconds(was.arrived - call.at), to_seconds(was.cleared));
    }
}

Summary summarise(const Model& model, const std::vector<CallOutcome>& outcomes) {
    LIANDONG_CHECK(outcomes.size() == model.calls.size());
    Summary sum;
    sum.calls = outcomes.size();
    double waiting = 0, response = 0;
    Duration longest{0};
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const CallOutcome& was = outcomes[i];
        const Duration asked = model.calls[i].at;
        if (was.lost()) {
            ++sum.lost;
            continue;
        }
        if (was.dispatched > asked) ++sum.waited;
        waiting += static_cast<double>((was.dispatched - asked).count());
        response += static_cast<double>((was.arrived - asked).count());
        longest = std::max(longest, was.arrived - asked);
    }
    if (sum.lost == sum.calls) return sum;
    const auto served = static_cast<double>(sum.calls - sum.lost);
    sum.mean_waiting = Duration{std::llround(waiting / served)};
    sum.mean_response = Duration{std::llround(response / served)};
    sum.max_response = longest;
    return sum;
}

}  // namespace liandong::simulator::matrix
