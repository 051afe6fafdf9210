#include "simulator/agents/replay.h"

#include "simulator/agents/operator_agent.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::simulator {
namespace {

constexpr Duration kLookEvery = std::chrono::milliseconds{50};  // while agents connect
constexpr Duration kLead = std::chrono::milliseconds{300};  // so that the first report is not late

/// Only crews on duty hold a stream; the others are never sent.
bool is_on_duty(const domain::Unit& unit) {
    return unit.status != domain::UnitStatus::kOffDuty &&
           unit.status != domain::UnitStatus::kOutOfService;
}

}  // namespace

Replay::Replay(Client& client, Timers& timers, Random& random, Random& id_random, Record& record,
               Executor executor, const Scenario& scenario, domain::Scope scope,
               ReplayOptions options)
    : scenario_(scenario),
      options_(options),
      exercise_{.client = client,
                .timers = timers,
                .random = random,
                .id_random = id_random,
                .record = record,
                .executor = executor,
                .scope = std::move(scope),
                .assign = options.assign,
                .pace = Pace(timers.now(), options.speed),
                .world = WorldTime(options.speed)},
      ledger_(record),
      dispatcher_(exercise_, ledger_),
      call_takers_(
          exercise_, ledger_, options.in_flight_max,
          [this](const ScenarioReport& report, const std::string& incident,
                 MonotonicTime intended) { dispatcher_.take(report, incident, intended); }),
      press_office_(exercise_),
      streams_(executor) {
    for (std::size_t i = 0; i < options.consoles; ++i) {
        Console::Listener listener;
        if (i == 0) listener = [this](const auto& message) { dispatcher_.show(message); };
        consoles_.push_back(std::make_unique<Console>(exercise_, fmt::format("sim.console-{}", i),
                                                      std::move(listener)));
    }
    for (const domain::Unit& unit : scenario.units) {
        if (is_on_duty(unit))
            crews_.push_back(std::make_unique<UnitAgent>(exercise_, ledger_, unit));
    }
}

Task<Status> Replay::run() {
    if (const Status loaded = co_await import_units(exercise_, scenario_.units); !loaded)
        co_return loaded;
    co_await connect();
    note_recorded_spans();
    co_await play();
    co_await drain();
    co_await verify(exercise_, ledger_);
    co_await disconnect();
    co_return Status{};
}

Task<void> Replay::connect() {
    for (const auto& console : consoles_) streams_.start(console->follow_board());
    for (const auto& crew : crews_) streams_.start(crew->follow_orders());
    const MonotonicTime give_up_at = exercise_.now() + options_.get_ready_max;
    const auto ready = [](const auto& agent) { return agent->is_ready(); };
    while (exercise_.now() < give_up_at && !interrupted_) {
        if (std::ranges::all_of(consoles_, ready) && std::ranges::all_of(crews_, ready)) break;
        co_await exercise_.sleep_until(exercise_.now() + kLookEvery);
    }
    exercise_.pace = Pace(exercise_.now() + kLead, options_.speed);
}

Task<void> Replay::play() {
    if (interrupted_) exercise_.stop.cancel();
    playing_ = true;
    TaskGroup tasks(exercise_.executor);
    tasks.start(call_takers_.take_all(scenario_.reports));
    tasks.start(press_office_.publish_all(scenario_.bulletins));
    co_await tasks.join();
    playing_ = false;
}

void Replay::interrupt() {
    interrupted_ = true;
    if (playing_) exercise_.stop.cancel();
    dispatcher_.wake();
}

std::size_t Replay::busy_units() const {
    std::size_t busy = 0;
    for (const auto& crew : crews_) busy += crew->work().running();
    return busy;
}

/// Nothing under way that could change anything: no call, no crew at work.
bool Replay::is_stalled() const { return exercise_.in_flight == 0 && busy_units() == 0; }

Task<void> Replay::drain() {
    const Duration look_every = options_.stalled_max / 5;
    MonotonicTime last_move = exercise_.now();
    while (!interrupted_ && !exercise_.stop.is_cancelled()) {
        if (co_await dispatcher_.join_until(exercise_.now() + look_every)) break;
        const MonotonicTime now = exercise_.now();
        if (!is_stalled()) last_move = now;
        // What waits for a unit while nobody is out will wait for ever.
        if (now - last_move >= look_every) dispatcher_.give_up_waiting();
        if (now - last_move >= options_.stalled_max) break;
    }
    wall_ = exercise_.now() - exercise_.pace.at(Duration{});
    exercise_.record.count(Counter::kIncidentsUnresolved, dispatcher_.open_cases());
}

Task<void> Replay::disconnect() {
    exercise_.stop.cancel();
    dispatcher_.give_up_waiting();
    co_await dispatcher_.join();
    co_await streams_.join();
    for (const auto& crew : crews_) co_await crew->work().join();
}

Progress Replay::progress() const {
    return {call_takers_.done(), scenario_.reports.size(), dispatcher_.open_cases(),
            dispatcher_.waiting_cases(), busy_units()};
}

void Replay::note_recorded_spans() {
    Record& record = exercise_.record;
    for (const ScenarioReport& report : scenario_.reports) {
        if (report.recorded.empty()) continue;
        record.lasted_in_source(WorldSpan::kReceivedToSent,
                                report.recorded.front().dispatched - report.at);
        for (const RecordedOrder& order : report.recorded) {
            if (order.departed) {
                record.lasted_in_source(WorldSpan::kSentToDeparted,
                                        *order.departed - order.dispatched);
            }
            if (order.departed && order.arrived) {
                record.lasted_in_source(WorldSpan::kDepartedToArrived,
                                        *order.arrived - *order.departed);
            }
            if (order.arrived && order.cleared) {
                record.lasted_in_source(WorldSpan::kArrivedToCleared,
                                        *order.cleared - *order.arrived);
            }
        }
    }
}

}  // namespace liandong::simulator
