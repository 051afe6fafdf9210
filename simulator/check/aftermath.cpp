#include "simulator/check/aftermath.h"

#include <algorithm>
#include <utility>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;

constexpr int kRounds_max = 20;
constexpr int kLooks_max = 600;
constexpr Duration kLookEvery = 100ms;

template <class T> bool shows(const store::Mirror& mirror, const LogReplay& log) {
    std::size_t count = 0;
    for (const auto& [key, entity] : log.entities()) {
        if (key.kind != domain::kKindOf<T>) continue;
        ++count;
        const auto* held = mirror.find<T>(key.id);
        if (!held || held->version != log.values().at(key).version ||
            !(*held->value == std::get<T>(entity))) {
            return false;
        }
    }
    return mirror.table<T>().size() == count;
}

bool shows_all(const store::Mirror& mirror, const LogReplay& log) {
    return shows<domain::Unit>(mirror, log) && shows<domain::Order>(mirror, log) &&
           shows<domain::Incident>(mirror, log) && shows<domain::Bulletin>(mirror, log) &&
           shows<domain::Closure>(mirror, log) && shows<domain::Transfer>(mirror, log) &&
           shows<domain::Handover>(mirror, log) && shows<domain::Roster>(mirror, log) &&
           shows<domain::DeskSetting>(mirror, log);
}

}  // namespace

Task<void> Aftermath::demand() {
    co_await end_orders();
    co_await compare_mirrors();
    co_await await_watchers();
    scene_.auditor.compare(scene_.world.state());
}

/// What is left to do: orders first, then the incidents that they were for.
std::vector<Wish> Aftermath::endings() {
    std::vector<Wish> wishes;
    const LogReplay& log = scene_.auditor.log();
    for (const auto& [key, entity] : log.entities()) {
        const auto* order = std::get_if<domain::Order>(&entity);
        if (order && order->state < domain::OrderState::kCleared)
            wishes.push_back(maker_.clear(order->id));
    }
    if (!wishes.empty()) return wishes;
    for (const auto& [key, entity] : log.entities()) {
        const auto* incident = std::get_if<domain::Incident>(&entity);
        if (incident && incident->state != domain::IncidentState::kClosed)
            wishes.push_back(maker_.close(incident->id));
    }
    return wishes;
}

Task<void> Aftermath::end_orders() {
    for (int round = 0; round < kRounds_max && scene_.auditor.faults().empty(); ++round) {
        std::vector<Wish> wishes = endings();
        if (wishes.empty()) co_return;
        for (Wish& wish : wishes) co_await people_.settle(desk_, std::move(wish), true, false);
    }
    scene_.auditor.fault("orders and incidents do not come to an end");
}

Task<void> Aftermath::compare_mirrors() {
    for (auto& process : scene_.world.processes()) {
        store::ScopeContext& context = process->context();
        const MonotonicTime deadline = scene_.timers().now() + 60s;
        const Status reached =
            co_await process->serve(scene_.world.callers(), store::reach(context, end(), deadline));
        scene_.auditor.catch_up(scene_.world.state());
        if (!reached) {
            scene_.auditor.fault("a mirror does not come to the log's end");
        } else if (!shows_all(context.mirror, scene_.auditor.log())) {
            scene_.auditor.fault("a mirror shows another state than the log");
        }
    }
}

Task<void> Aftermath::await_watchers() {
    const auto lags = [this](const auto& watcher) { return !watcher->has_all(end()); };
    for (int look = 0; look < kLooks_max && scene_.auditor.faults().empty(); ++look) {
        if (std::ranges::none_of(watchers_, lags)) co_return;
        co_await sleep_for(scene_.timers(), kLookEvery);
    }
    for (const auto& watcher : watchers_) {
        if (lags(watcher)) scene_.auditor.fault(watcher->name() + " is not told everything");
    }
}

}  // namespace liandong::simulator
