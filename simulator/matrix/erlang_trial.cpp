#include "simulator/matrix/erlang_trial.h"

#include "common/base/check.h"
#include "simulator/matrix/generate.h"
#include "simulator/matrix/run.h"

#include <array>

namespace liandong::simulator::matrix {
namespace {

constexpr std::array<QueueLoad, 6> kDelayLoads{
    {{1, 0.5}, {5, 3}, {5, 4}, {10, 8}, {16, 12}, {50, 45}}};
constexpr std::array<QueueLoad, 2> kLossLoads{{{10, 8}, {5, 4}}};

/// `value(call, outcome)` of each counted call, in the order of arrival.
template <class Value>
Estimate estimate(const Model& model, const std::vector<CallOutcome>& outcomes, std::size_t warm_up,
                  Value value) {
    std::vector<double> samples;
    samples.reserve(outcomes.size() - warm_up);
    for (std::size_t i = warm_up; i < outcomes.size(); ++i)
        samples.push_back(value(model.calls[i], outcomes[i]));
    return batch_means(samples);
}

}  // namespace

std::string_view to_string(ErlangQuantity quantity) {
    switch (quantity) {
    case ErlangQuantity::kWaits: return "waits";
    case ErlangQuantity::kMeanWait: return "mean wait";
    case ErlangQuantity::kBlocked: return "blocked";
    }
    LIANDONG_UNREACHABLE();
}

std::span<const QueueLoad> delay_loads() { return kDelayLoads; }
std::span<const QueueLoad> loss_loads() { return kLossLoads; }

std::vector<ErlangRow> try_delay(QueueLoad load, TrialLength length, std::uint64_t seed) {
    const Model model = generate_queue(load, length.warm_up + length.counted, seed);
    const auto outcomes = run(model, nearest_or_returning());
    const auto waits = [](const MatrixCall& call, const CallOutcome& was) {
        return was.dispatched > call.at ? 1.0 : 0.0;
    };
    const auto wait = [](const MatrixCall& call, const CallOutcome& was) {
        return static_cast<double>((was.dispatched - call.at).count()) /
               static_cast<double>(kMeanService.count());
    };
    return {{load, ErlangQuantity::kWaits, erlang_c(load),
             estimate(model, outcomes, length.warm_up, waits)},
            {load, ErlangQuantity::kMeanWait, erlang_mean_wait(load),
             estimate(model, outcomes, length.warm_up, wait)}};
}

ErlangRow try_loss(QueueLoad load, TrialLength length, std::uint64_t seed) {
    const Model model = generate_queue(load, length.warm_up + length.counted, seed);
    const auto outcomes = run(model, nearest_or_returning(), {.queue = false});
    const auto lost = [](const MatrixCall&, const CallOutcome& was) {
        return was.lost() ? 1.0 : 0.0;
    };
    return {load, ErlangQuantity::kBlocked, erlang_b(load),
            estimate(model, outcomes, length.warm_up, lost)};
}

}  // namespace liandong::simulator::matrix
