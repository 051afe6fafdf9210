#include "simulator/roads/sending.h"

#include "common/base/random.h"
#include "services/dispatch/policy/recommend.h"

#include <algorithm>
#include <map>
#include <memory>

namespace liandong::simulator {
namespace {

using domain::Point;
using domain::Unit;
using domain::UnitKind;
using domain::UnitStatus;

/// What a unit does next by itself.
struct Turn {
    Timestamp free_at;  ///< ends its work
    Timestamp home_at;  ///< is back in its quarters
};

Duration seconds(double value) { return Duration{static_cast<std::int64_t>(value * 1e6)}; }

/// The same for the same unit on the same call, [0, 1).
double draw(std::string_view call, std::string_view unit) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
    for (const std::string_view text : {call, unit}) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
        hash = (hash ^ 0xffU) * 0x100000001b3ULL;
    }
    return SeededRandom(hash).unit();
}

class District {
public:
    District(const Scenario& scenario, dispatch::TravelModel& chooser, dispatch::TravelModel& world)
        : scenario_(scenario), chooser_(chooser), world_(world), turns_(scenario.units.size()) {
        for (const Unit& unit : scenario.units) {
            Unit fresh = unit;
            fresh.position = unit.home;
            fresh.position_at = scenario.header.start;
            fresh.status_since = scenario.header.start;
            rows_.push_back(dispatch::make_row(std::make_shared<const Unit>(std::move(fresh)), 1));
        }
    }

    SentCall answer(const ScenarioReport& report) {
        const Timestamp now = scenario_.header.start + report.at;
        let_pass(now);
        SentCall call{.report = report.id,
                      .first_seconds = {},
                      .first_engine_seconds = {},
                      .first_engine = {},
                      .unfilled = 0};
        if (!report.position) return call;
        const auto place = domain::to_wgs84(report.position->latitude, report.position->longitude,
                                            report.position->datum);
        if (!place) return call;
        std::vector<dispatch::Need> needs;
        for (const Need& need : report.needs)
            needs.push_back({need.capability, need.kinds, static_cast<std::size_t>(need.count)});
        const auto chosen = dispatch::recommend(rows_, *place, needs, 0, chooser_, now);
        double best_thought = 0;
        for (const dispatch::FilledNeed& need : chosen.needs) {
            call.unfilled += need.missing;
            for (const dispatch::Candidate& candidate : need.chosen) {
                const double thought = candidate.journey.eta.p50();
                const bool is_engine = rows_[candidate.row].kind == UnitKind::kFireEngine;
                if (is_engine && (call.first_engine.empty() || thought < best_thought)) {
                    best_thought = thought;
                    call.first_engine = rows_[candidate.row].unit->id;
                }
                send(candidate.row, report, *place, now, call);
            }
        }
        return call;
    }

private:
    void let_pass(Timestamp now) {
        for (std::size_t i = 0; i < turns_.size(); ++i) {
            Turn& turn = turns_[i];
            if (is_set(turn.home_at) && turn.home_at <= now) {
                move(i, rows_[i].unit->home, UnitStatus::kInStation, turn.home_at);
                turn = {};
            } else if (is_set(turn.free_at) && turn.free_at <= now) {
                move(i, rows_[i].unit->position, UnitStatus::kReturning, turn.free_at);
                turn.free_at = {};
            }
        }
    }

    void move(std::size_t row, Point position, UnitStatus status, Timestamp at) {
        Unit unit = *rows_[row].unit;
        unit.position = position;
        unit.position_at = at;
        unit.status = status;
        unit.status_since = at;
        unit.active_order_id = status == UnitStatus::kOnScene ? "busy" : "";
        rows_[row] = dispatch::make_row(std::make_shared<const Unit>(std::move(unit)),
                                        rows_[row].version + 1);
    }

    /// What the way takes in this world.
    double really(std::size_t row, Point place, Timestamp now, double level) {
        const auto journeys = world_.to(place, rows_, now)->first({&row, 1}, 1);
        return journeys.at(0).journey.eta.at_level(level);
    }

    void send(std::size_t row, const ScenarioReport& report, Point place, Timestamp now,
              SentCall& call) {
        const double took = really(row, place, now, draw(report.id, rows_[row].unit->id));
        const auto first = [took](std::optional<double>& best) {
            best = std::min(best.value_or(took), took);
        };
        first(call.first_seconds);
        if (rows_[row].kind == UnitKind::kFireEngine) first(call.first_engine_seconds);
        const Timestamp there = now + seconds(took);
        turns_[row] = {there + report.scene, there + report.scene + seconds(took)};
        move(row, place, UnitStatus::kOnScene, there);
    }

    const Scenario& scenario_;
    dispatch::TravelModel& chooser_;
    dispatch::TravelModel& world_;
    std::vector<dispatch::UnitRow> rows_;
    std::vector<Turn> turns_;
};

}  // namespace

std::vector<SentCall> send_by(dispatch::TravelModel& chooser, dispatch::TravelModel& world,
                              const Scenario& scenario) {
    District district(scenario, chooser, world);
    std::vector<SentCall> calls;
    for (const ScenarioReport& report : scenario.reports) calls.push_back(district.answer(report));
    return calls;
}

std::string recorded_first_engine(const Scenario& scenario, const ScenarioReport& report) {
    std::optional<Duration> first;
    std::string engine;
    for (const RecordedOrder& order : report.recorded) {
        const auto unit = std::ranges::find(scenario.units, order.unit_id, &Unit::id);
        if (unit == scenario.units.end() || unit->kind != UnitKind::kFireEngine) continue;
        if (first && *first <= order.dispatched) continue;
        first = order.dispatched;
        engine = order.unit_id;
    }
    return engine;
}

}  // namespace liandong::simulator
