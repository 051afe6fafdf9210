#include "simulator/matrix/run.h"

#include "common/base/check.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace liandong::simulator::matrix {
namespace {

/// A busy unit clears, any other gets back to its base.
struct UnitEvent {
    Duration at;
    Index unit;
};

/// For a heap whose front is the earliest, then the lowest unit.
constexpr auto later = [](const UnitEvent& a, const UnitEvent& b) {
    return a.at != b.at ? a.at > b.at : a.unit > b.unit;
};

std::vector<Index> by_time(const std::vector<MatrixCall>& calls) {
    std::vector<Index> order(calls.size());
    std::iota(order.begin(), order.end(), Index{0});
    std::ranges::sort(order, [&](Index a, Index b) {
        return calls[a].at != calls[b].at ? calls[a].at < calls[b].at : a < b;
    });
    return order;
}

class Run {
public:
    Run(const Model& model, const Policy& policy, RunRules rules)
        : model_(model), policy_(policy), rules_(rules), outcomes_(model.calls.size()) {
        LIANDONG_CHECK(!model.fleet.empty() && model.fleet.size() <= kUnits_max);
        LIANDONG_CHECK(model.calls.size() <= kCalls_max);
        for (const FleetUnit& unit : model.fleet) {
            units_.push_back({.base_zone = model.bases[unit.base].zone});
            scenes_.push_back(0);
        }
        // Each unit has at most one event ahead, each call waits at most once: nothing grows later.
        events_.reserve(units_.size());
        waiting_.reserve(rules.queue ? model.calls.size() : 0);
    }

    std::vector<CallOutcome> play() {
        for (const Index call : by_time(model_.calls)) {
            const Duration at = model_.calls[call].at;
            while (!events_.empty() && events_.front().at <= at) settle(take());
            arrive(call);
        }
        while (!events_.empty()) settle(take());
        LIANDONG_CHECK(oldest_ == waiting_.size());
        return std::move(outcomes_);
    }

private:
    UnitEvent take() {
        std::pop_heap(events_.begin(), events_.end(), later);
        const UnitEvent event = events_.back();
        events_.pop_back();
        return event;
    }

    void expect(UnitEvent event) {
        events_.push_back(event);
        std::push_heap(events_.begin(), events_.end(), later);
    }

    void arrive(Index call) {
        const MatrixCall& asked = model_.calls[call];
        const auto choice = policy_.choose({asked.at, units_, model_.travel.towards(asked.zone)});
        if (choice) {
            send(call, *choice, asked.at);
        } else if (rules_.queue) {
            waiting_.push_back(call);
        }
    }

    void send(Index call, Choice choice, Duration now) {
        UnitState& unit = units_[choice.unit];
        LIANDONG_CHECK(!unit.busy);
        unit.busy = true;
        scenes_[choice.unit] = model_.calls[call].zone;
        CallOutcome& outcome = outcomes_[call];
        outcome = {.unit = choice.unit,
                   .dispatched = now,
                   .arrived = now + choice.travel,
                   .cleared = now + choice.travel + model_.calls[call].on_scene};
        expect({outcome.cleared, choice.unit});
    }

    void settle(UnitEvent event) {
        UnitState& unit = units_[event.unit];
        const bool clears = std::exchange(unit.busy, false);
        const Index zone = clears ? scenes_[event.unit] : unit.base_zone;
        if (oldest_ < waiting_.size()) {
            const Index call = waiting_[oldest_++];
            const Duration travel = model_.travel[{zone, model_.calls[call].zone}];
            send(call, {event.unit, travel}, event.at);
        } else if (clears) {
            go_back(event.unit, zone, event.at);
        }
    }

    void go_back(Index index, Index zone, Duration now) {
        UnitState& unit = units_[index];
        unit.left_zone = zone;
        unit.left = now;
        unit.back = now + model_.travel[{zone, unit.base_zone}];
        // Where returning units are sent too, none returns while a call waits.
        if (!policy_.sends_returning() && unit.back > now) expect({unit.back, index});
    }

    const Model& model_;
    const Policy& policy_;
    RunRules rules_;
    std::vector<CallOutcome> outcomes_;
    std::vector<UnitState> units_;
    std::vector<Index> scenes_;  ///< zone of the present or last call, by unit
    std::vector<UnitEvent> events_;
    std::vector<Index> waiting_;  ///< in order of arrival; those before `oldest_` are served
    std::size_t oldest_ = 0;
};

}  // namespace

std::vector<CallOutcome> run(const Model& model, const Policy& policy, RunRules rules) {
    return Run(model, policy, rules).play();
}

}  // namespace liandong::simulator::matrix
